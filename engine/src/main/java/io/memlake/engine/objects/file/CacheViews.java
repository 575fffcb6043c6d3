package io.memlake.engine.objects.file;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;

/**
 * The views that the cache manager has of a file. It maps 256 KiB at a time. {@code Vacbs} of the
 * shared cache map leads to an array of pointers to views; above 32 MiB it is a tree with 128
 * pointers a node, and a level more for every factor of 128.
 */
final class CacheViews {
  /** Bytes of a view. */
  static final long VIEW = 256 << 10;

  private static final int NODE = 128;
  private static final long LEAF = VIEW * NODE;

  /** Levels that a file of 16 TiB needs. */
  private static final int MAX_LEVELS = 4;

  private static final long MAX_FILE = 1L << 44;

  private final AddressSpace space;
  private final int viewBase;
  private final int viewOwner;
  private final long map;
  private final long root;
  private final int levels;
  private final byte[] number = new byte[Long.BYTES];

  /** The view that was used last: files are read from front to end. */
  private long lastView = -1;

  private long lastBase;

  private CacheViews(
      AddressSpace space, long map, int viewBase, int viewOwner, int views, int sectionSize)
      throws IOException {
    this.space = space;
    this.map = map;
    this.viewBase = viewBase;
    this.viewOwner = viewOwner;
    this.root = map == 0 ? 0 : pointer(map + views);
    this.levels = map == 0 ? 0 : levels(pointer(map + sectionSize));
  }

  /**
   * Views of a shared cache map.
   *
   * @param map kernel address of the {@code _SHARED_CACHE_MAP}; 0 for a file without one
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the cache
   */
  static CacheViews of(Machine machine, long map) throws IOException {
    StructType cache = machine.symbols().struct("_SHARED_CACHE_MAP");
    StructType view = machine.symbols().struct("_VACB");
    return new CacheViews(
        machine.kernelSpace(),
        map,
        view.offsetOf("BaseAddress"),
        view.find("SharedCacheMap").map(FieldType::offset).orElse(-1),
        cache.offsetOf("Vacbs"),
        cache.find("SectionSize").map(FieldType::offset).orElse(cache.offsetOf("FileSize")));
  }

  /** The depth follows from the size that the section was made with, not from that of the file. */
  private static int levels(long sectionSize) {
    int levels = 0;
    for (long covered = LEAF; covered < Math.min(sectionSize, MAX_FILE); covered *= NODE) {
      levels++;
    }
    return Math.min(levels, MAX_LEVELS);
  }

  /** Reads the page at a position of the file; false when no view holds it. */
  boolean read(long position, byte[] page) throws IOException {
    long view = position / VIEW;
    if (view != lastView) {
      lastView = view;
      lastBase = base(position);
    }
    return lastBase < 0
        && space.read(lastBase + position % VIEW, page, 0, PhysicalMemory.PAGE_SIZE);
  }

  /** Address at which the view around a position is mapped; 0 when there is none. */
  private long base(long position) throws IOException {
    long node = root;
    long covered = LEAF;
    for (int level = 0; level < levels; level++) {
      covered *= NODE;
    }
    if (position >= covered) {
      return 0;
    }
    for (int level = 0; level < levels && node < 0; level++) {
      long below = covered / NODE;
      node = pointer(node + position % covered / below * Long.BYTES);
      covered = below;
    }
    long view = node < 0 ? pointer(node + position % LEAF / VIEW * Long.BYTES) : 0;
    if (view >= 0) {
      return 0;
    }
    // Views are taken from one file and given to another all the time.
    boolean foreign = viewOwner >= 0 && pointer(view + viewOwner) != map;
    return foreign ? 0 : pointer(view + viewBase);
  }

  /** Eight bytes; 0 when they are absent. */
  private long pointer(long address) throws IOException {
    return space.read(address, number, 0, Long.BYTES) ? LittleEndian.i64(number, 0) : 0;
  }
}
