package io.memlake.engine.paging;

import io.memlake.engine.physical.PhysicalMemory;
import java.util.Arrays;

/**
 * The tables of one address space that were used last, found by the addresses they cover.
 *
 * <p>A slot remembers a table's bytes, or why there is none. Slots are found by hashing, and a new
 * table takes the place of whatever was in its slot: no allocation once the slots are warm.
 */
final class PageTables {
  /** The bytes are there. */
  static final byte TABLE = 0;

  /** The entry above is empty: no address below it is mapped. */
  static final byte UNMAPPED = 1;

  /** The entry above maps a large page instead. */
  static final byte LARGE = 2;

  /** The entry above names a table, but its bytes are not in the evidence or are not a table. */
  static final byte MISSING = 3;

  /** 256 tables cover 512 MiB of hot addresses and weigh 1 MiB. */
  private static final int SLOTS = 256;

  private static final int SLOT_MASK = SLOTS - 1;
  private static final long VACANT = -1;

  private final long[] keys = new long[SLOTS];
  private final byte[][] tables = new byte[SLOTS][];
  private final byte[] outcomes = new byte[SLOTS];
  private final long[] entries = new long[SLOTS];

  PageTables() {
    Arrays.fill(keys, VACANT);
  }

  /** Slot of the table at {@code level} that covers {@code prefix}, or -1. */
  int find(int level, long prefix) {
    long key = key(level, prefix);
    int slot = slot(key);
    return keys[slot] == key ? slot : -1;
  }

  byte outcome(int slot) {
    return outcomes[slot];
  }

  byte[] table(int slot) {
    return tables[slot];
  }

  /** For {@link #LARGE}, the entry that maps the large page. */
  long entry(int slot) {
    return entries[slot];
  }

  /**
   * A buffer to read a table into before {@link #keep}. What the slot held is forgotten first: a
   * failing medium may leave the buffer half written.
   */
  byte[] buffer(int level, long prefix) {
    int slot = slot(key(level, prefix));
    keys[slot] = VACANT;
    byte[] table = tables[slot];
    return table == null ? new byte[PhysicalMemory.PAGE_SIZE] : table;
  }

  void keep(int level, long prefix, byte[] table) {
    int slot = remember(level, prefix, TABLE, 0);
    tables[slot] = table;
  }

  int remember(int level, long prefix, byte outcome, long entry) {
    long key = key(level, prefix);
    int slot = slot(key);
    keys[slot] = key;
    outcomes[slot] = outcome;
    entries[slot] = entry;
    return slot;
  }

  /** A table covers at least 2 MiB, so its prefix has room for the level below it. */
  private static long key(int level, long prefix) {
    return (prefix << 3 | level) & Long.MAX_VALUE;
  }

  private static int slot(long key) {
    long mixed = key * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> 40) & SLOT_MASK;
  }
}
