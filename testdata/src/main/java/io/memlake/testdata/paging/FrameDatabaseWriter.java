package io.memlake.testdata.paging;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.store.StoreMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills the kernel's frame database from page tables: every mapped frame and every table gets the
 * address of its entry in the self-map and the frame of the table that holds it. A frame that
 * several spaces map is a shared one.
 */
final class FrameDatabaseWriter {
  private static final int ENTRIES = 512;
  private static final int LEVELS = 4;
  private static final int FIRST_SHIFT = 39;
  private static final int BITS = 9;
  private static final long FRAME_MASK = 0x000F_FFFF_FFFF_F000L;
  private static final long LARGE = 1 << 7;
  private static final int ACTIVE = 6;
  private static final int PAGE_LOCATION = 2;
  private static final long PROTOTYPE = 1L << 63;
  private static final long ADDRESS_BITS = (1L << 48) - 1;

  private final ChangedFrames frames;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  private record Entry(long pteAddress, long table, boolean shared) {}

  FrameDatabaseWriter(ChangedFrames frames) {
    this.frames = frames;
  }

  /** Takes in what a space maps in its user half, or the kernel's space as a whole. */
  void add(long dtb, boolean kernel) {
    int self = selfIndex(dtb);
    long top = dtb >>> 12;
    entries.putIfAbsent(top, new Entry(entryAddress(self, self, self, self, self), top, false));
    walk(dtb, 0, 0, self, kernel);
  }

  private void walk(long table, int level, long base, int self, boolean kernel) {
    for (int i = 0; i < ENTRIES; i++) {
      boolean inKernel = level > 0 || i >= ENTRIES / 2;
      if ((level == 0 && (i == self || (inKernel && !kernel)))) {
        continue;
      }
      long entry = frames.read(table + (long) i * Long.BYTES);
      boolean large = level > 0 && level < LEVELS - 1 && (entry & LARGE) != 0;
      if ((entry & 1) == 0 || large) {
        continue;
      }
      long address = base | ((long) i << (FIRST_SHIFT - BITS * level));
      put(entry, pteAddress(address, level, self), table);
      if (level < LEVELS - 1) {
        walk(entry & FRAME_MASK, level + 1, address, self, kernel);
      }
    }
  }

  private void put(long entry, long pteAddress, long table) {
    long pfn = (entry & FRAME_MASK) >>> 12;
    entries.merge(
        pfn,
        new Entry(pteAddress, table >>> 12, false),
        (one, other) ->
            one.pteAddress() == other.pteAddress() && one.table() == other.table()
                ? one
                : new Entry(one.pteAddress(), one.table(), true));
  }

  /** Where the entry of an address at a level is seen: the last level is the page's own. */
  private static long pteAddress(long address, int level, int self) {
    long at = address;
    // An entry above the last level is that of the table, which lies in the self-map itself.
    for (int i = level; i < LEVELS; i++) {
      at = selfMapped(at, self);
    }
    return at;
  }

  private static long selfMapped(long address, int self) {
    long index = (address & ADDRESS_BITS) >>> 12;
    return 0xFFFF_0000_0000_0000L | ((long) self << FIRST_SHIFT) | (index * Long.BYTES);
  }

  private static long entryAddress(int... indexes) {
    long address = 0;
    for (int i = 0; i < LEVELS; i++) {
      address = (address << BITS) | indexes[i];
    }
    return 0xFFFF_0000_0000_0000L | (address << 12) | ((long) indexes[LEVELS] * Long.BYTES);
  }

  private int selfIndex(long dtb) {
    for (int i = ENTRIES / 2; i < ENTRIES; i++) {
      long entry = frames.read(dtb + (long) i * Long.BYTES);
      if ((entry & 1) != 0 && (entry & FRAME_MASK) == dtb) {
        return i;
      }
    }
    throw new IllegalStateException("Table 0x" + Long.toHexString(dtb) + " has no self-map");
  }

  /** Writes the entries; returns the frames that belong to one space alone. */
  List<Long> write(StoreMemory kernel, StructLayout type, long database) {
    List<Long> own = new ArrayList<>();
    entries.forEach(
        (pfn, entry) -> {
          byte[] bytes = new byte[type.size()];
          number(bytes, type.offset("PteAddress"), entry.pteAddress());
          number(bytes, type.offset("u4"), entry.table() | (entry.shared() ? PROTOTYPE : 0));
          bytes[type.offset("u3") + PAGE_LOCATION] = ACTIVE;
          kernel.write(database + pfn * type.size(), bytes);
          if (!entry.shared()) {
            own.add(pfn);
          }
        });
    return own;
  }

  private static void number(byte[] bytes, int at, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[at + i] = (byte) (value >>> (Byte.SIZE * i));
    }
  }
}
