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
  private static final int MAX_FOUND = 8;

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

  /** A record without content: header, start and end of the binary XML, copy of the size. */
  private static final int MIN_RECORD = 33;

  private static final int MAX_RECORD = 0xFE00;
  private static final int MAX_PREFETCH = 16 << 20;

  private final CarveKind[] kinds = new CarveKind[MAX_FOUND];
  private final int[] offsets = new int[MAX_FOUND];
  private int count;

  /** A scan of no page yet. */
  public CarveScan() {}

  /** Looks at the page at {@code offset}; the results stay valid until the next call. */
  public void scan(byte[] bytes, int offset) {
    count = 0;
    begin(bytes, offset);
    files(bytes, offset);
    if (count == 0 || kinds[0] != CarveKind.EVENT_CHUNK) {
      records(bytes, offset);
    }
  }

  private void begin(byte[] bytes, int offset) {
    long first = LittleEndian.i64(bytes, offset);
    int low = (int) first;
    if (first == EVENT_CHUNK) {
      found(CarveKind.EVENT_CHUNK, 0);
    } else if (first == SHORTCUT) {
      found(CarveKind.SHORTCUT, 0);
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

  /** The first record whose size can be one; its reader finds those behind it. */
  private void records(byte[] bytes, int offset) {
    for (int at = offset, end = offset + PAGE; at < end; at += RECORD_STEP) {
      if (LittleEndian.i32(bytes, at) == RECORD) {
        int size = LittleEndian.i32(bytes, at + 4);
        if (size >= MIN_RECORD && size <= MAX_RECORD) {
          found(CarveKind.EVENT_RECORDS, at - offset);
          return;
        }
      }
    }
  }

  private void found(CarveKind kind, int at) {
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
