package io.memlake.engine.image.convert;

import io.memlake.engine.bytes.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A ZIP archive of stored members with the 64-bit records at its end. Members are whole when they
 * are added, so their headers tell their sizes and nothing is patched.
 */
final class ZipOutput {
  private static final int LOCAL = 0x0403_4B50;
  private static final int CENTRAL = 0x0201_4B50;
  private static final int END = 0x0605_4B50;
  private static final int END_64 = 0x0606_4B50;
  private static final int LOCATOR_64 = 0x0706_4B50;
  private static final int VERSION = 45;
  private static final int UTF_8 = 0x800;

  /** 1980-01-01: the archive does not depend on when it was written. */
  private static final int DATE = 0x21;

  private static final long NARROW = 0xFFFF_FFFFL;

  private final ImageOutput out;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private long position;
  private long members;

  /** Begins at {@code position} of the file: an archive may follow something else. */
  ZipOutput(ImageOutput out, long position) {
    this.out = out;
    this.position = position;
  }

  /** Where the next byte goes. */
  long position() {
    return position;
  }

  /** Adds a member of less than 2 GiB. */
  void add(String name, byte[] content, int length) throws IOException {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(content, 0, length);
    byte[] header = new byte[30];
    LittleEndian.putI32(header, 0, LOCAL);
    common(header, 4, (int) crc.getValue(), length, text.length);
    long at = position;
    write(header, header.length);
    write(text, text.length);
    write(content, length);
    list(text, (int) crc.getValue(), length, at);
    members++;
  }

  void add(String name, byte[] content) throws IOException {
    add(name, content, content.length);
  }

  void add(String name, String content) throws IOException {
    add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The fields that local and central headers share, from the needed version on. */
  private static void common(byte[] header, int offset, int crc, int length, int nameLength) {
    LittleEndian.putU16(header, offset, VERSION);
    LittleEndian.putU16(header, offset + 2, UTF_8);
    LittleEndian.putU16(header, offset + 8, DATE);
    LittleEndian.putI32(header, offset + 10, crc);
    LittleEndian.putI32(header, offset + 14, length);
    LittleEndian.putI32(header, offset + 18, length);
    LittleEndian.putU16(header, offset + 22, nameLength);
  }

  private void list(byte[] name, int crc, int length, long at) {
    boolean far = at >= NARROW;
    byte[] header = new byte[46];
    LittleEndian.putI32(header, 0, CENTRAL);
    LittleEndian.putU16(header, 4, VERSION);
    common(header, 6, crc, length, name.length);
    LittleEndian.putU16(header, 30, far ? 12 : 0);
    LittleEndian.putI32(header, 42, far ? -1 : (int) at);
    directory.writeBytes(header);
    directory.writeBytes(name);
    if (far) {
      byte[] extra = new byte[12];
      LittleEndian.putU16(extra, 0, 1);
      LittleEndian.putU16(extra, 2, Long.BYTES);
      LittleEndian.putI64(extra, 4, at);
      directory.writeBytes(extra);
    }
  }

  /** Writes the directory; {@code comment} is that of the archive. */
  void finish(String comment) throws IOException {
    byte[] text = comment.getBytes(StandardCharsets.UTF_8);
    byte[] list = directory.toByteArray();
    long start = position;
    write(list, list.length);
    long end = position;
    byte[] records = new byte[56 + 20 + 22];
    LittleEndian.putI32(records, 0, END_64);
    LittleEndian.putI64(records, 4, 44);
    LittleEndian.putU16(records, 12, VERSION);
    LittleEndian.putU16(records, 14, VERSION);
    LittleEndian.putI64(records, 24, members);
    LittleEndian.putI64(records, 32, members);
    LittleEndian.putI64(records, 40, list.length);
    LittleEndian.putI64(records, 48, start);
    LittleEndian.putI32(records, 56, LOCATOR_64);
    LittleEndian.putI64(records, 64, end);
    LittleEndian.putI32(records, 72, 1);
    LittleEndian.putI32(records, 76, END);
    // Always "see the 64-bit record": pyaff4 takes an offset in the narrow record for one in an
    // archive that has no other.
    LittleEndian.putU16(records, 84, 0xFFFF);
    LittleEndian.putU16(records, 86, 0xFFFF);
    LittleEndian.putI32(records, 88, -1);
    LittleEndian.putI32(records, 92, -1);
    LittleEndian.putU16(records, 96, text.length);
    write(records, records.length);
    write(text, text.length);
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    position += length;
  }
}
