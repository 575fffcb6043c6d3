package io.memlake.engine.objects.pool;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The kernel's table of allocations of a page and more, {@code PoolBigPageTable}. These carry no
 * pool header, so a scan cannot see their tags.
 *
 * @param pages entries in use or given back, in the order of the table
 * @param slots slots that the table says it has; 0 when it cannot be found
 * @param lost slots that are not in the image
 */
public record BigPages(List<BigPage> pages, long slots, long lost) {
  /** Slots of a table; a server with a terabyte has some million. */
  private static final long MAXIMUM_SLOTS = 1L << 24;

  /** Bytes of one allocation: 1 TiB. */
  private static final long MAXIMUM_BYTES = 1L << 40;

  private static final int BLOCK_SLOTS = 2048;
  private static final int PAGE = 0x1000;

  /** Copies the list. */
  public BigPages {
    pages = List.copyOf(pages);
  }

  /**
   * An allocation.
   *
   * @param slot place in the table
   * @param address where it lies
   * @param tag its tag as a little-endian number
   * @param poolType kind of pool
   * @param bytes its size
   * @param free whether it was given back
   */
  public record BigPage(int slot, long address, int tag, int poolType, long bytes, boolean free) {}

  /**
   * Reads the table.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack its entries
   * @throws IOException when the medium fails
   */
  public static BigPages read(Machine machine) throws IOException {
    KernelMemory memory = machine.kernelMemory();
    StructType entry = machine.symbols().struct("_POOL_TRACKER_BIG_PAGES");
    OptionalLong table = memory.i64("PoolBigPageTable");
    OptionalLong size = memory.i64("PoolBigPageTableSize");
    if (table.orElse(0) >= 0 || size.isEmpty()) {
      return new BigPages(List.of(), 0, 0);
    }
    long count = size.getAsLong();
    if (count < 0 || count > MAXIMUM_SLOTS) {
      // Only the low half is the count where the variable has 32 bits.
      count = Math.min(count & 0xFFFFFFFFL, MAXIMUM_SLOTS);
    }
    Layout layout = Layout.of(entry);
    List<BigPage> pages = new ArrayList<>();
    long lost = 0;
    byte[] block = new byte[BLOCK_SLOTS * layout.size];
    boolean[] present = new boolean[block.length / PAGE + 2];
    for (long first = 0; first < count; first += BLOCK_SLOTS) {
      int slots = (int) Math.min(BLOCK_SLOTS, count - first);
      long at = table.getAsLong() + first * layout.size;
      machine.kernelSpace().readSparse(at, block, 0, slots * layout.size, present);
      for (int i = 0; i < slots; i++) {
        int offset = i * layout.size;
        if (isPresent(at, offset, layout.size, present)) {
          layout.add(pages, (int) first + i, block, offset);
        } else {
          lost++;
        }
      }
    }
    return new BigPages(pages, count, lost);
  }

  private static boolean isPresent(long base, int offset, int size, boolean[] present) {
    int inPage = (int) (base & (PAGE - 1));
    return present[(inPage + offset) / PAGE] && present[(inPage + offset + size - 1) / PAGE];
  }

  /** The entry in one kernel. */
  private record Layout(int size, int va, int key, BitsField type, int bytes) {
    static Layout of(StructType entry) {
      FieldType va = entry.field("Va");
      return new Layout(
          entry.size(),
          va.offset(),
          entry.offsetOf("Key"),
          entry.bits("PoolType"),
          entry.offsetOf("NumberOfBytes"));
    }

    void add(List<BigPage> pages, int slot, byte[] block, int offset) {
      long address = LittleEndian.i64(block, offset + va);
      int tag = LittleEndian.i32(block, offset + key);
      long length = LittleEndian.i64(block, offset + bytes);
      boolean aligned = (address & (PAGE - 2)) == 0;
      if (tag != 0 && address < 0 && aligned && length > 0 && length <= MAXIMUM_BYTES) {
        pages.add(
            new BigPage(
                slot,
                address & ~1L,
                tag,
                (int) type.in(block, offset),
                length,
                (address & 1) != 0));
      }
    }
  }
}
