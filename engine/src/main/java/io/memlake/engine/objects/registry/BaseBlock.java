package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.Optional;

/**
 * The first 4096 bytes of a hive ({@code _HBASE_BLOCK}).
 *
 * <pre>
 *   0 "regf"                 36 root cell index
 *   4 first sequence number  40 bytes of all bins
 *   8 second sequence number 44 cluster factor
 *  12 last written           48 file name, 64 bytes UTF-16
 *  20 major version          168 last reorganised (Windows 8 and later)
 *  24 minor version          508 XOR of the 127 numbers before it
 *  28 type  32 format
 * </pre>
 *
 * @param sequence1 counted up before a write
 * @param sequence2 counted up after a write
 * @param lastWritten FILETIME of the last write
 * @param majorVersion 1
 * @param minorVersion 3 for NT 4, 5 for XP and later, 6 for layered hives
 * @param type 0 for a hive, 1, 2 or 6 for its logs
 * @param rootCell index of the root key
 * @param binsLength bytes of all bins of the stable storage
 * @param fileName end of the file's path, for debugging only
 * @param lastReorganized FILETIME, 0 where Windows keeps none
 * @param checksum as it is stored
 * @param checksumValid whether the stored checksum is the right one
 */
public record BaseBlock(
    int sequence1,
    int sequence2,
    long lastWritten,
    int majorVersion,
    int minorVersion,
    int type,
    int rootCell,
    long binsLength,
    String fileName,
    long lastReorganized,
    int checksum,
    boolean checksumValid) {
  /** Bytes of the block in a file. */
  public static final int SIZE = 4096;

  /** Bytes that the checksum covers, and with it the bytes that are needed to read the block. */
  public static final int NEEDED = 512;

  static final int SEQUENCE_1 = 4;
  static final int SEQUENCE_2 = 8;
  static final int TYPE = 28;
  static final int ROOT_CELL = 36;
  static final int BINS_LENGTH = 40;
  static final int CHECKSUM = 508;

  private static final int SIGNATURE = 0x66676572;
  private static final int LAST_WRITTEN = 12;
  private static final int MAJOR = 20;
  private static final int MINOR = 24;
  private static final int FORMAT = 32;
  private static final int CLUSTER = 44;
  private static final int NAME = 48;
  private static final int NAME_LENGTH = 64;
  private static final int REORGANIZED = 168;

  /** Reads the block at {@code offset}; empty when fewer than 512 bytes or no "regf" are there. */
  public static Optional<BaseBlock> parse(byte[] bytes, int offset, int length) {
    if (length < NEEDED || LittleEndian.i32(bytes, offset) != SIGNATURE) {
      return Optional.empty();
    }
    int checksum = LittleEndian.i32(bytes, offset + CHECKSUM);
    return Optional.of(
        new BaseBlock(
            LittleEndian.i32(bytes, offset + SEQUENCE_1),
            LittleEndian.i32(bytes, offset + SEQUENCE_2),
            LittleEndian.i64(bytes, offset + LAST_WRITTEN),
            LittleEndian.i32(bytes, offset + MAJOR),
            LittleEndian.i32(bytes, offset + MINOR),
            LittleEndian.i32(bytes, offset + TYPE),
            LittleEndian.i32(bytes, offset + ROOT_CELL),
            LittleEndian.u32(bytes, offset + BINS_LENGTH),
            Utf16.untilNul(bytes, offset + NAME, NAME_LENGTH),
            LittleEndian.i64(bytes, offset + REORGANIZED),
            checksum,
            checksum == checksum(bytes, offset)));
  }

  /**
   * Whether a write was begun and not ended, or the block itself is damaged: the newest state of
   * the file then needs its logs.
   */
  public boolean dirty() {
    return sequence1 != sequence2 || !checksumValid;
  }

  /** Whether it heads a transaction log and not a hive. */
  public boolean isLog() {
    return type != 0;
  }

  /**
   * The XOR of the first 127 numbers; 0 and -1, which Windows reserves, are replaced by 1 and -2.
   */
  static int checksum(byte[] bytes, int offset) {
    int sum = 0;
    for (int at = 0; at < CHECKSUM; at += Integer.BYTES) {
      sum ^= LittleEndian.i32(bytes, offset + at);
    }
    return switch (sum) {
      case 0 -> 1;
      case -1 -> -2;
      default -> sum;
    };
  }

  /** The block as a clean primary file has it: equal sequence numbers, valid checksum. */
  byte[] cleanBytes(long lengthOfBins) {
    byte[] bytes = new byte[SIZE];
    LittleEndian.putI32(bytes, 0, SIGNATURE);
    LittleEndian.putI32(bytes, SEQUENCE_1, sequence1);
    LittleEndian.putI32(bytes, SEQUENCE_2, sequence1);
    LittleEndian.putI64(bytes, LAST_WRITTEN, lastWritten);
    LittleEndian.putI32(bytes, MAJOR, majorVersion);
    LittleEndian.putI32(bytes, MINOR, minorVersion);
    LittleEndian.putI32(bytes, FORMAT, 1);
    LittleEndian.putI32(bytes, ROOT_CELL, rootCell);
    LittleEndian.putI32(bytes, BINS_LENGTH, (int) lengthOfBins);
    LittleEndian.putI32(bytes, CLUSTER, 1);
    int characters = Math.min(fileName.length(), NAME_LENGTH / Character.BYTES);
    for (int i = 0; i < characters; i++) {
      LittleEndian.putU16(bytes, NAME + i * Character.BYTES, fileName.charAt(i));
    }
    LittleEndian.putI64(bytes, REORGANIZED, lastReorganized);
    LittleEndian.putI32(bytes, CHECKSUM, checksum(bytes, 0));
    return bytes;
  }
}
