package io.memlake.jobs.analyze;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small NTFS file records: standard information and a name, with update sequence. */
final class FileRecords {
  static final int PAGE = 4096;
  private static final int RECORD = 1024;
  private static final int SECTOR = 512;
  private static final long TIME = 133_540_000_000_000_000L;
  private static final long ROOT = 5L << 48 | 5;

  private FileRecords() {}

  /** One record at the start of each page; its number is that of the page. */
  static byte[] pages(int count) {
    byte[] bytes = new byte[count * PAGE];
    for (int i = 0; i < count; i++) {
      System.arraycopy(record(i, "ledger-" + i + ".txt"), 0, bytes, i * PAGE, RECORD);
    }
    return bytes;
  }

  private static byte[] record(int number, String name) {
    ByteBuffer out = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
    out.put("FILE".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0x30).putShort((short) 3);
    out.putLong(1).putShort((short) 1).putShort((short) 1).putShort((short) 0x38);
    out.putShort((short) 1);
    out.position(0x1C);
    out.putInt(RECORD).putLong(0).putShort((short) 3).putShort((short) 0).putInt(100 + number);
    out.position(0x38);
    attribute(out, 0x10, 0x48);
    times(out).putInt(0x20).position(0x38 + 0x18 + 0x48);
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    int length = 0x42 + text.length;
    int start = out.position();
    attribute(out, 0x30, length);
    times(out.putLong(ROOT)).putLong(0).putLong(0).putLong(0x20);
    out.put((byte) name.length()).put((byte) 1).put(text);
    int end = start + (0x18 + length + 7 & -8);
    out.position(end);
    out.putInt(-1).putInt(0);
    out.putInt(0x18, out.position());
    protect(out);
    return out.array();
  }

  private static void attribute(ByteBuffer out, int type, int length) {
    out.putInt(type).putInt(0x18 + length + 7 & -8).putInt(0x180000).putInt(0);
    out.putInt(length).putInt(0x18);
  }

  private static ByteBuffer times(ByteBuffer out) {
    return out.putLong(TIME).putLong(TIME).putLong(TIME).putLong(TIME);
  }

  /** The last two bytes of each sector go in front and are replaced by a number. */
  private static void protect(ByteBuffer out) {
    out.putShort(0x30, (short) 7);
    for (int sector = 0; sector < RECORD / SECTOR; sector++) {
      int last = (sector + 1) * SECTOR - Short.BYTES;
      out.putShort(0x32 + sector * Short.BYTES, out.getShort(last));
      out.putShort(last, (short) 7);
    }
  }
}
