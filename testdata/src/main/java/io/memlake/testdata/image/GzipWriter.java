package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Gzip files as several tools make them. */
public final class GzipWriter {
  private GzipWriter() {}

  /**
   * Compresses {@code content}.
   *
   * @param level 0 to 9; 0 stores
   * @param strategy of {@link Deflater}
   * @param memberBytes content of a member; parallel writers make many
   * @param named whether members carry a name, a comment, extra fields and a header checksum
   */
  public static byte[] compress(
      byte[] content, int level, int strategy, int memberBytes, boolean named) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    do {
      int length = Math.min(memberBytes, content.length - at);
      out.write(header(named));
      out.write(deflate(content, at, length, level, strategy));
      CRC32 crc = new CRC32();
      crc.update(content, at, length);
      out.write(
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt((int) crc.getValue())
              .putInt(length)
              .array());
      at += length;
    } while (at < content.length);
    return out.toByteArray();
  }

  private static byte[] header(boolean named) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0x1F, (byte) 0x8B, 8, (byte) (named ? 0x1E : 0), 0, 0, 0, 0, 0, 3});
    if (named) {
      out.write(new byte[] {3, 0, 'x', 'y', 'z'});
      out.write("memory.raw\0taken by night\0".getBytes(StandardCharsets.ISO_8859_1));
      CRC32 crc = new CRC32();
      crc.update(out.toByteArray());
      out.write((int) crc.getValue());
      out.write((int) crc.getValue() >>> 8);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] content, int offset, int length, int level, int strategy) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(content, offset, length);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
