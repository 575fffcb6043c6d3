package io.memlake.testdata.objects;

import io.memlake.testdata.kernel.KernelImage;
import io.memlake.testdata.kernel.KernelRegions;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Kernel pool: blocks of 16-byte units with {@code _POOL_HEADER} in front, page after page, with
 * free blocks between them as a used pool has. A block of a page or more has no header and starts
 * on a page, like the kernel's big pages.
 *
 * <p>Up to build 17763 a block stays inside its page and the headers chain through {@code
 * PreviousSize}. From 18362 on the pool is a segment heap: that chain is gone and blocks may cross
 * pages.
 */
public final class KernelPool {

  /** First build whose pool blocks may cross a page. */
  public static final int FIRST_SEGMENT_HEAP_BUILD = 18362;

  private static final int UNIT = 16;
  private static final int PAGE = 0x1000;
  private static final int FREE = 0;

  private final AddressSpace space;
  private final StructLayout header;
  private final boolean segmentHeap;
  private final SplittableRandom random;
  private final Map<PoolKind, Cursor> cursors = new EnumMap<>(PoolKind.class);

  /** Where the next block goes. */
  private static final class Cursor {
    private long nextPage;
    private long page;
    private int offset = PAGE;
    private int previousUnits;

    private Cursor(long start) {
      nextPage = start;
    }
  }

  /** An empty pool in the regions of this boot. */
  public KernelPool(KernelImage kernel, KernelRegions regions, SplittableRandom random) {
    this.space = kernel.space();
    this.header = kernel.layout().struct("_POOL_HEADER");
    this.segmentHeap = kernel.layout().build() >= FIRST_SEGMENT_HEAP_BUILD;
    this.random = random;
    cursors.put(PoolKind.NONPAGED, new Cursor(regions.nonPagedPool()));
    cursors.put(PoolKind.PAGED, new Cursor(regions.pagedPool()));
  }

  /** The space that the pool lies in. */
  public AddressSpace space() {
    return space;
  }

  /**
   * Allocates a block.
   *
   * @param tag four characters, one byte each
   * @param size bytes without the pool header
   * @return virtual address of the block's first byte, after its header
   */
  public long allocate(PoolKind kind, String tag, int size) {
    int units = (size + header.size() + UNIT - 1) / UNIT;
    if (units * UNIT >= PAGE) {
      return allocatePages(kind, size);
    }
    Cursor cursor = cursors.get(kind);
    if (random.nextInt(4) == 0) {
      free(cursor, 1 + random.nextInt(12));
    }
    if (cursor.offset + units * UNIT > PAGE) {
      free(cursor, (PAGE - cursor.offset) / UNIT);
      nextPage(cursor);
    }
    return block(cursor, units, kind.inUse(), tag);
  }

  /**
   * Allocates a block whose bytes after {@code split} lie in the next page, in a frame of its own.
   *
   * @param split bytes of the block, without header, that stay in the first page; a multiple of 16
   * @throws IllegalStateException when this build keeps blocks inside a page
   */
  public long allocateStraddling(PoolKind kind, String tag, int size, int split) {
    if (!segmentHeap) {
      throw new IllegalStateException(
          "Pool blocks cross pages only from build " + FIRST_SEGMENT_HEAP_BUILD + " on");
    }
    Cursor cursor = cursors.get(kind);
    int start = PAGE - split - header.size();
    free(cursor, (PAGE - cursor.offset) / UNIT);
    nextPage(cursor);
    free(cursor, start / UNIT);
    long second = cursor.page + PAGE;
    space.map(second, Access.KERNEL_READ_WRITE);
    int units = (size + header.size() + UNIT - 1) / UNIT;
    long address = block(cursor, units, kind.inUse(), tag);
    cursor.page = second;
    cursor.offset -= PAGE;
    cursor.nextPage = Math.max(cursor.nextPage, second + PAGE);
    return address;
  }

  /** Allocates whole pages without a header. */
  public long allocatePages(PoolKind kind, int size) {
    Cursor cursor = cursors.get(kind);
    long start = cursor.nextPage;
    int pages = (size + PAGE - 1) / PAGE;
    space.mapRange(start, (long) pages * PAGE, Access.KERNEL_READ_WRITE);
    cursor.nextPage = start + (pages + 1L) * PAGE;
    return start;
  }

  /**
   * Frees a block as the pool of this build does: the old pool marks the header free and keeps two
   * list links in the first 16 bytes, the segment heap leaves the bytes as they are.
   */
  public void release(long block) {
    if (segmentHeap) {
      return;
    }
    new Struct(space, block - header.size(), header).set("PoolType", FREE);
    space.writeLong(block, block);
    space.writeLong(block + Long.BYTES, block);
  }

  private void nextPage(Cursor cursor) {
    cursor.page = cursor.nextPage;
    cursor.nextPage += PAGE * (1L + random.nextInt(3));
    cursor.offset = 0;
    cursor.previousUnits = 0;
    space.map(cursor.page, Access.KERNEL_READ_WRITE);
  }

  private void free(Cursor cursor, int units) {
    if (units > 0 && cursor.offset < PAGE && cursor.offset + units * UNIT <= PAGE) {
      block(cursor, units, FREE, "Free");
    }
  }

  private long block(Cursor cursor, int units, int poolType, String tag) {
    long address = cursor.page + cursor.offset;
    new Struct(space, address, header)
        .set("PreviousSize", segmentHeap ? 0 : cursor.previousUnits)
        .set("BlockSize", units)
        .set("PoolType", poolType);
    space.write(address + header.offset("PoolTag"), tag.getBytes(StandardCharsets.ISO_8859_1));
    cursor.offset += units * UNIT;
    cursor.previousUnits = units;
    return address + header.size();
  }

  /** Copies text into a new paged block and returns its address. */
  public long text(String tag, String text) {
    int bytes = text.length() * Character.BYTES;
    long address = allocate(PoolKind.PAGED, tag, Math.max(bytes + Character.BYTES, UNIT));
    space.writeUtf16(address, text);
    return address;
  }

  /** Writes a {@code _UNICODE_STRING} field whose buffer is a new paged block. */
  public void setText(Struct struct, String field, String tag, String text) {
    int bytes = text.length() * Character.BYTES;
    struct.setUnicodeString(field, bytes, bytes + Character.BYTES, text(tag, text));
  }
}
