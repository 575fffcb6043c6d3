package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives a file object contents: views of the cache manager over some 256 KiB parts, and a data
 * section whose prototype entries hold every other page of the rest.
 */
public final class FileContents {

  private static final int PAGE = 0x1000;
  private static final int VIEW = 256 << 10;

  private final Boot boot;
  private final AddressSpace space;

  /** Writes into a machine. */
  public FileContents(Boot boot) {
    this.boot = boot;
    this.space = boot.space();
  }

  /**
   * Writes the contents.
   *
   * @param content at most 32 MiB; views are made for parts 0, 2, 4, …, and of all other parts the
   *     pages with even numbers are in the section
   */
  public void attach(KernelObject file, byte[] content) {
    pointers(file)
        .set("SharedCacheMap", cacheMap(content))
        .set("DataSectionObject", dataSection(content));
  }

  /**
   * Gives the file a shared cache map alone, of which some views are there.
   *
   * @param size size of the file
   * @param views content by position in the file, multiples of 256 KiB; at most 256 KiB each
   */
  public void attachViews(KernelObject file, long size, Map<Long, byte[]> views) {
    pointers(file).set("SharedCacheMap", new CacheMapWriter(boot).write(size, views));
  }

  /** Gives the file an image section. */
  public void attachImage(KernelObject file, byte[] program) {
    pointers(file).set("ImageSectionObject", new ImageSectionWriter(boot).write(program));
  }

  /** The pointers to the sections of a file, which all its objects share. */
  private Struct pointers(KernelObject file) {
    StructLayout layout = boot.struct("_SECTION_OBJECT_POINTERS");
    Struct object = boot.objects().view(file, "_FILE_OBJECT");
    long known = space.readNumber(object.addressOf("SectionObjectPointer"), Long.BYTES);
    if (known != 0) {
      return new Struct(space, known, layout);
    }
    long pointers = boot.pool().allocate(PoolKind.NONPAGED, "IoSp", layout.size());
    object.set("SectionObjectPointer", pointers);
    return new Struct(space, pointers, layout);
  }

  private long cacheMap(byte[] content) {
    Map<Long, byte[]> views = new TreeMap<>();
    for (int from = 0; from < content.length; from += 2 * VIEW) {
      views.put(
          (long) from, Arrays.copyOfRange(content, from, Math.min(content.length, from + VIEW)));
    }
    return new CacheMapWriter(boot).write(content.length, views);
  }

  private long dataSection(byte[] content) {
    StructLayout control = boot.struct("_CONTROL_AREA");
    StructLayout subsection = boot.struct("_SUBSECTION");
    int pages = (content.length + PAGE - 1) / PAGE;
    long area = boot.pool().allocate(PoolKind.NONPAGED, "MmCa", control.size() + subsection.size());
    long segment = boot.pool().allocate(PoolKind.PAGED, "MmSm", boot.struct("_SEGMENT").size());
    long entries = boot.pool().allocatePages(PoolKind.PAGED, pages * Long.BYTES);
    new Struct(space, area, control).set("Segment", segment);
    new Struct(space, segment, boot.struct("_SEGMENT"))
        .set("ControlArea", area)
        .set("SizeOfSegment", (long) pages * PAGE);
    new Struct(space, area + control.size(), subsection)
        .set("ControlArea", area)
        .set("SubsectionBase", entries)
        .set("PtesInSubsection", pages);
    for (int page = 0; page < pages; page += 2) {
      boolean inView = page * PAGE / VIEW % 2 == 0;
      if (!inView) {
        long frame = boot.frames().take();
        byte[] bytes = Arrays.copyOfRange(content, page * PAGE, (page + 1) * PAGE);
        System.arraycopy(bytes, 0, boot.frames().content(frame), 0, PAGE);
        space.writeLong(entries + (long) page * Long.BYTES, Access.KERNEL_READ_WRITE.entry(frame));
      }
    }
    return area;
  }
}
