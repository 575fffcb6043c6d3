package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/** EWF images (E01) of padded RAW in one segment, as EnCase 6 lays them out. */
public final class EwfWriter {
  private static final int CHUNK = 32768;
  private static final int SECTOR = 512;
  private static final int SECTION = 76;
  private static final int MEMORY = 0x10;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private EwfWriter() {}

  /** Writes an image. */
  public static void write(FrameSource frames, Path file) throws IOException {
    Path raw = file.resolveSibling(file.getFileName() + ".raw");
    RawWriter.writePadded(frames, raw);
    byte[] media = Files.readAllBytes(raw);
    Files.delete(raw);
    Files.write(file, new EwfWriter().image(media));
  }

  private byte[] image(byte[] media) throws IOException {
    out.write("EVF\t\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {(byte) 0xFF, 0, 1, 1, 0, 0, 0});
    int chunks = (media.length + CHUNK - 1) / CHUNK;
    byte[] volume = new byte[1052];
    little(volume).put(0, (byte) MEMORY).putInt(4, chunks).putInt(8, CHUNK / SECTOR);
    little(volume).putInt(12, SECTOR).putLong(16, media.length / SECTOR).put(52, (byte) 1);
    little(volume).putInt(1048, adler(volume, 0, 1048));
    section("volume", volume);
    List<Integer> offsets = new ArrayList<>();
    long base = out.size() + (long) SECTION;
    ByteArrayOutputStream sectors = new ByteArrayOutputStream();
    for (int at = 0; at < media.length; at += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(media, at, Math.min(media.length, at + CHUNK));
      byte[] packed = deflated(chunk);
      boolean compressed = packed.length < chunk.length;
      offsets.add(sectors.size() | (compressed ? 0x8000_0000 : 0));
      sectors.write(compressed ? packed : chunk);
      if (!compressed) {
        byte[] sum = new byte[4];
        little(sum).putInt(adler(chunk, 0, chunk.length));
        sectors.write(sum);
      }
    }
    section("sectors", sectors.toByteArray());
    byte[] table = new byte[24 + 4 * chunks + 4];
    little(table).putInt(0, chunks).putLong(8, base);
    little(table).putInt(20, adler(table, 0, 20));
    for (int i = 0; i < chunks; i++) {
      little(table).putInt(24 + 4 * i, offsets.get(i));
    }
    little(table).putInt(24 + 4 * chunks, adler(table, 24, 4 * chunks));
    section("table", table);
    section("table2", table);
    long end = out.size();
    header("done", end, SECTION);
    return out.toByteArray();
  }

  private void section(String type, byte[] body) throws IOException {
    long size = SECTION + (long) body.length;
    header(type, out.size() + size, size);
    out.write(body);
  }

  private void header(String type, long next, long size) throws IOException {
    byte[] header = new byte[SECTION];
    little(header).put(type.getBytes(StandardCharsets.US_ASCII));
    little(header).putLong(16, next).putLong(24, size);
    little(header).putInt(72, adler(header, 0, 72));
    out.write(header);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int adler(byte[] bytes, int offset, int length) {
    Adler32 adler = new Adler32();
    adler.update(bytes, offset, length);
    return (int) adler.getValue();
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater();
    deflater.setInput(plain);
    deflater.finish();
    byte[] packed = new byte[plain.length + 1024];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }
}
