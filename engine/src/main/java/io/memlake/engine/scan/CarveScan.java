package io.memlake.engine.scan;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;

/**
 * Finds in a page of 4096 bytes where something larger may begin, by signatures alone. Whoever
 * knows which page follows which reads the rest and decides.
 *
 * <p>It does not matter where pages come from: RAM, a page file, the compressed store. Not for
 * several threads: results of the last page are kept in fields so that no page allocates.
 */
public final class CarveScan {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int FILE_STEP = 1024;
  private static final int RECORD_STEP = 8;
  private static final int MAX_FOUND = 64;

  private static final long EVENT_CHUNK = 0x006B6E6843666C45L;
  private static final long SHORTCUT = 0x000214010000004CL;
  private static final int HIVE = 0xBEE0BEE0;
  private static final int FILE = 0x454C4946;
  private static final int BAAD = 0x44414142;
  private static final int INDX = 0x58444E49;
  private static final int SCCA = 0x41434353;
  private static final int MAM = 0x004D414D;
  private static final int MAM_MASK = 0x00FF_FFFF;
  private static final int RECORD = 0x00002A2A;

  private static final int HBIN = 0x6E696268;
  private static final int DATABASE_LEAF = 0x0D;
  private static final int LEAF_HEADER = 8;
  private static final int MAX_CELLS = 4096;
  private static final int MAX_FRAGMENTS = 60;

  /** Application 1 (a ticket) and 22 (a credential) with a length of two bytes. */
  private static final int TICKET = 0x8261;

  private static final int CREDENTIAL = 0x8276;

  /** A sequence with a length of two bytes, in it the version 5. */
  private static final int SEQUENCE = 0x8230;

  private static final long VERSION = 0x05010203A0L;
  private static final long VERSION_MASK = 0xFF_FFFF_FFFFL;
  private static final int TICKET_HEAD = 16;

  /** A record without content: header, start and end of the binary XML, copy of the size. */
  private static final int MIN_RECORD = 33;

  private static final int MAX_RECORD = 0xFE00;
  private static final int MAX_PREFETCH = 16 << 20;

  private final CarveKind[] kinds = new CarveKind[MAX_FOUND];
  private final int[] offsets = new int[MAX_FOUND];
  private int count;

  /** A scan of no page yet. */
  public CarveScan() {}

  /**
   * Looks at the page at {@code offset}; the results stay valid until the next call. Features are
   * looked for by {@link #scanFeatures}.
   */
  public void scan(byte[] bytes, int offset) {
    count = 0;
    begin(bytes, offset);
    files(bytes, offset);
    units(bytes, offset, count == 0 || kinds[0] != CarveKind.EVENT_CHUNK);
  }

  /** Forgets the last page. */
  void clear() {
    count = 0;
  }

  /** Looks for the beginning of a hive's structure alone; see {@link #scan}. */
  void scanHives(byte[] bytes, int offset) {
    count = 0;
    if (LittleEndian.i32(bytes, offset) == HIVE && LittleEndian.i64(bytes, offset + 8) < 0) {
      found(CarveKind.HIVE, 0);
    }
  }

  /** Looks for text with features in a page; the result is added to those of {@link #scan}. */
  public void scanFeatures(byte[] bytes, int offset) {
    if (FeatureFilter.mayHold(bytes, offset)) {
      found(CarveKind.FEATURES, 0);
    }
  }

  private void begin(byte[] bytes, int offset) {
    long first = LittleEndian.i64(bytes, offset);
    int low = (int) first;
    if (first == EVENT_CHUNK) {
      found(CarveKind.EVENT_CHUNK, 0);
    } else if (first == SHORTCUT) {
      found(CarveKind.SHORTCUT, 0);
    } else if (low == HBIN) {
      found(CarveKind.HIVE_BIN, 0);
    } else if (low == HIVE && LittleEndian.i64(bytes, offset + 8) < 0) {
      found(CarveKind.HIVE, 0);
    } else if ((int) (first >>> Integer.SIZE) == SCCA || isCompressedPrefetch(first)) {
      found(CarveKind.PREFETCH, 0);
    }
  }

  /** "MAM", a known algorithm with or without the bit for a checksum, a believable plain size. */
  private static boolean isCompressedPrefetch(long first) {
    if (((int) first & MAM_MASK) != MAM) {
      return false;
    }
    int algorithm = (int) (first >>> 24) & 0x7F;
    long size = first >>> Integer.SIZE;
    return algorithm >= 2 && algorithm <= 4 && size > 0 && size <= MAX_PREFETCH;
  }

  private void files(byte[] bytes, int offset) {
    for (int at = 0; at < PAGE; at += FILE_STEP) {
      int signature = LittleEndian.i32(bytes, offset + at);
      if (signature == FILE || signature == BAAD) {
        found(CarveKind.FILE_RECORD, at);
      } else if (signature == INDX && at == 0) {
        found(CarveKind.INDEX_RECORD, at);
      }
    }
  }

  /**
   * What begins at any eight bytes: event records, of which the first is enough since its reader
   * finds those behind it; pages of databases, which lie anywhere in the memory of a browser;
   * tickets.
   */
  private void units(byte[] bytes, int offset, boolean records) {
    boolean recordWanted = records;
    for (int at = offset, end = offset + PAGE; at < end; at += RECORD_STEP) {
      int word = LittleEndian.i32(bytes, at);
      if (word == RECORD) {
        int size = LittleEndian.i32(bytes, at + 4);
        if (recordWanted && size >= MIN_RECORD && size <= MAX_RECORD) {
          found(CarveKind.EVENT_RECORDS, at - offset);
          recordWanted = false;
        }
      } else if ((word & 0xFF) == DATABASE_LEAF) {
        if (isLeaf(bytes, at, end)) {
          found(CarveKind.DATABASE_PAGE, at - offset);
        }
      } else if ((word & 0xFFFF) == TICKET || (word & 0xFFFF) == CREDENTIAL) {
        if (isTicket(bytes, at, end)) {
          found(CarveKind.TICKET, at - offset);
        }
      }
    }
  }

  /** Header of a leaf whose first cells lie where it says that cells lie; big-endian. */
  private static boolean isLeaf(byte[] bytes, int at, int end) {
    if (at + LEAF_HEADER + 2 * Short.BYTES > end) {
      return false;
    }
    int cells = big(bytes, at + 3);
    int content = big(bytes, at + 5);
    int first = big(bytes, at + LEAF_HEADER);
    int second = cells > 1 ? big(bytes, at + LEAF_HEADER + Short.BYTES) : content;
    int cellsFrom = LEAF_HEADER + cells * Short.BYTES;
    int free = big(bytes, at + 1);
    return cells > 0
        && cells <= MAX_CELLS
        && content >= cellsFrom
        && first >= content
        && second >= content
        && (cells == 1 || first != second)
        && (free == 0 || free > content)
        && LittleEndian.u8(bytes, at + 7) <= MAX_FRAGMENTS;
  }

  private static int big(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at) << Byte.SIZE | LittleEndian.u8(bytes, at + 1);
  }

  private static boolean isTicket(byte[] bytes, int at, int end) {
    return at + TICKET_HEAD <= end
        && LittleEndian.u16(bytes, at + 4) == SEQUENCE
        && (LittleEndian.i64(bytes, at + 8) & VERSION_MASK) == VERSION;
  }

  private void found(CarveKind kind, int at) {
    if (count == MAX_FOUND) {
      return;
    }
    kinds[count] = kind;
    offsets[count++] = at;
  }

  /** How many places the last page has. */
  public int count() {
    return count;
  }

  /** What begins at a place. */
  public CarveKind kind(int index) {
    return kinds[index];
  }

  /** Offset of a place in the page. */
  public int offset(int index) {
    return offsets[index];
  }
}
