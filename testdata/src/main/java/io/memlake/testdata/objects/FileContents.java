package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.util.Arrays;

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
    StructLayout layout = boot.struct("_SECTION_OBJECT_POINTERS");
    long pointers = boot.pool().allocate(PoolKind.NONPAGED, "IoSp", layout.size());
    new Struct(space, pointers, layout)
        .set("SharedCacheMap", cacheMap(content))
        .set("DataSectionObject", dataSection(content));
    boot.objects().view(file, "_FILE_OBJECT").set("SectionObjectPointer", pointers);
  }

  private long cacheMap(byte[] content) {
    StructLayout layout = boot.struct("_SHARED_CACHE_MAP");
    long address = boot.pool().allocate(PoolKind.NONPAGED, "CcSc", layout.size());
    int views = (content.length + VIEW - 1) / VIEW;
    Struct map = new Struct(space, address, layout);
    map.set("FileSize", content.length).set("SectionSize", (long) views * VIEW);
    long array =
        views <= 4
            ? map.addressOf("InitialVacbs")
            : boot.pool().allocate(PoolKind.NONPAGED, "CcVp", Math.max(views, 128) * Long.BYTES);
    map.set("Vacbs", array);
    for (int view = 0; view < views; view += 2) {
      long base = boot.systemPtes().reserve(VIEW / PAGE);
      int from = view * VIEW;
      byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + VIEW));
      space.mapRange(base, part.length, Access.KERNEL_READ_WRITE);
      space.write(base, part);
      StructLayout vacb = boot.struct("_VACB");
      long block = boot.pool().allocate(PoolKind.NONPAGED, "CcVa", vacb.size());
      new Struct(space, block, vacb).set("BaseAddress", base).set("SharedCacheMap", address);
      space.writeLong(array + (long) view * Long.BYTES, block);
    }
    return address;
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
