package io.memlake.engine.objects.file;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PteDecoder;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What memory holds of a file: the views of the cache manager, and the pages of its data section.
 *
 * <p>The cache manager maps 256 KiB at a time. {@code Vacbs} of its map points to an array of
 * pointers to views; above 32 MiB the array is a tree with 128 pointers a node. The data section
 * has a prototype entry a page, subsection after subsection, the first behind the control area.
 */
public final class FileContent {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final long VIEW = 256 << 10;
  private static final int NODE = 128;
  private static final long NODE_BYTES = VIEW * NODE;
  private static final int MAX_LEVELS = 7;
  private static final int MAX_SUBSECTIONS = 4096;

  private final Machine machine;
  private final PagedAddressSpace space;
  private final FileObject file;
  private final Layout layout;
  private final byte[] number = new byte[Long.BYTES];

  /** The subsection that was used last: files are read from front to end. */
  private long subsection;

  private long firstPage;
  private long pages;
  private long base;

  /**
   * The content of a file.
   *
   * @throws MissingSymbolException when the symbols lack sections or the cache
   */
  public FileContent(Machine machine, FileObject file) {
    this.machine = machine;
    this.space = machine.kernelSpace();
    this.file = file;
    this.layout = Layout.resolve(machine);
  }

  /**
   * What was written.
   *
   * @param bytes size of the file
   * @param cached pages from views of the cache manager
   * @param section pages from the data section alone
   * @param missing pages that memory does not hold; they are zeros in the file
   */
  public record Report(long bytes, long cached, long section, long missing) {}

  /** Writes the file; its size must be known. */
  public Report write(OutputStream out) throws IOException {
    byte[] page = new byte[PAGE];
    long cached = 0;
    long section = 0;
    long missing = 0;
    for (long at = 0; at < file.size(); at += PAGE) {
      if (cached(at, page)) {
        cached++;
      } else if (section(at >>> PhysicalMemory.PAGE_SHIFT, page)) {
        section++;
      } else {
        Arrays.fill(page, (byte) 0);
        missing++;
      }
      out.write(page, 0, (int) Math.min(PAGE, file.size() - at));
    }
    return new Report(file.size(), cached, section, missing);
  }

  private boolean cached(long at, byte[] page) throws IOException {
    if (file.sharedCacheMap() == 0) {
      return false;
    }
    long view = view(at);
    long address = view >= 0 ? 0 : pointer(view + layout.viewBase());
    return address < 0 && space.read(address + at % VIEW, page, 0, PAGE);
  }

  /** The {@code _VACB} of a position; 0 when there is none. */
  private long view(long at) throws IOException {
    long node = pointer(file.sharedCacheMap() + layout.views());
    long covered = NODE_BYTES;
    long size = Math.max(file.size(), cacheSize());
    for (int level = 0; covered < size && level < MAX_LEVELS; level++) {
      covered *= NODE;
    }
    while (node < 0 && covered > NODE_BYTES) {
      covered /= NODE;
      node = pointer(node + at % (covered * NODE) / covered * Long.BYTES);
    }
    return node < 0 ? pointer(node + at % NODE_BYTES / VIEW * Long.BYTES) : 0;
  }

  /** The depth of the tree follows from the size that the section was made with. */
  private long cacheSize() throws IOException {
    long size = pointer(file.sharedCacheMap() + layout.cacheSectionSize());
    return size > 0 && size < 1L << 44 ? size : 0;
  }

  private boolean section(long page, byte[] target) throws IOException {
    if (file.dataSection() == 0 || !findSubsection(page)) {
      return false;
    }
    long entry = base + (page - firstPage) * Long.BYTES;
    if (!space.read(entry, number, 0, Long.BYTES)) {
      return false;
    }
    long value = LittleEndian.i64(number, 0);
    long frame =
        switch (PteDecoder.kindOfPrototype(value, space.layout())) {
          case HARDWARE -> space.mode().frame(value) >>> PhysicalMemory.PAGE_SHIFT;
          case TRANSITION -> PteDecoder.transitionPfn(value, space.layout());
          default -> -1;
        };
    return frame >= 0 && machine.memory().read(frame << PhysicalMemory.PAGE_SHIFT, target, 0, PAGE);
  }

  private boolean findSubsection(long page) throws IOException {
    if (subsection == 0 || page < firstPage) {
      subsection = file.dataSection() + layout.controlAreaSize();
      firstPage = 0;
      load();
    }
    Set<Long> seen = new HashSet<>();
    while (base != 0 && page >= firstPage + pages) {
      long next = pointer(subsection + layout.next());
      if (next >= 0 || !seen.add(next) || seen.size() > MAX_SUBSECTIONS) {
        return false;
      }
      firstPage += pages;
      subsection = next;
      load();
    }
    return base < 0;
  }

  private void load() throws IOException {
    base = pointer(subsection + layout.base());
    pages = pointer(subsection + layout.entries()) & 0xFFFF_FFFFL;
  }

  /** Eight bytes; 0 when they are absent. */
  private long pointer(long address) throws IOException {
    return space.read(address, number, 0, Long.BYTES) ? LittleEndian.i64(number, 0) : 0;
  }

  /** Offsets, resolved once. */
  private record Layout(
      int views,
      int cacheSectionSize,
      int viewBase,
      int controlAreaSize,
      int base,
      int entries,
      int next) {
    static Layout resolve(Machine machine) {
      StructType cache = machine.symbols().struct("_SHARED_CACHE_MAP");
      StructType subsection = machine.symbols().struct("_SUBSECTION");
      return new Layout(
          cache.offsetOf("Vacbs"),
          cache.find("SectionSize").map(FieldType::offset).orElse(cache.offsetOf("FileSize")),
          machine.symbols().struct("_VACB").offsetOf("BaseAddress"),
          machine.symbols().struct("_CONTROL_AREA").size(),
          subsection.offsetOf("SubsectionBase"),
          subsection.offsetOf("PtesInSubsection"),
          subsection.offsetOf("NextSubsection"));
    }
  }
}
