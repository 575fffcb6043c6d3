package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;

/**
 * The protection of multi-sector records.
 *
 * <pre>header = signature:4 offset:2 count:2     array at offset = check number:2 { original:2 }
 * </pre>
 */
final class UpdateSequence {
  static final int SECTOR = 512;

  private static final int OFFSET = 4;
  private static final int COUNT = 6;
  private static final int MIN_OFFSET = 0x28;

  private UpdateSequence() {}

  /** Bytes that the record at {@code at} has by its array, or 0 when the header makes no sense. */
  static int protectedSize(byte[] bytes, int at, int length) {
    if (length < SECTOR) {
      return 0;
    }
    int offset = LittleEndian.u16(bytes, at + OFFSET);
    int count = LittleEndian.u16(bytes, at + COUNT);
    boolean sane =
        offset >= MIN_OFFSET
            && (offset & 1) == 0
            && count >= 2
            && offset + count * Short.BYTES <= SECTOR - Short.BYTES;
    return sane ? (count - 1) * SECTOR : 0;
  }

  /** Puts the original bytes back into {@code record}, which starts at its header. */
  static SectorState restore(byte[] record) {
    int offset = LittleEndian.u16(record, OFFSET);
    int sectors = LittleEndian.u16(record, COUNT) - 1;
    int check = LittleEndian.u16(record, offset);
    int checked = 0;
    for (int i = 1; i <= sectors; i++) {
      checked += LittleEndian.u16(record, i * SECTOR - Short.BYTES) == check ? 1 : 0;
    }
    if (checked == 0) {
      return SectorState.PLAIN;
    }
    boolean torn = false;
    for (int i = 1; i <= sectors; i++) {
      int end = i * SECTOR - Short.BYTES;
      int original = LittleEndian.u16(record, offset + i * Short.BYTES);
      if (LittleEndian.u16(record, end) == check) {
        LittleEndian.putU16(record, end, original);
      } else {
        torn |= LittleEndian.u16(record, end) != original;
      }
    }
    return torn ? SectorState.TORN : SectorState.PROTECTED;
  }
}
