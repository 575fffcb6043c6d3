package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;

/** HPAK containers: a page file, then physical memory as padded RAW. */
public final class HpakWriter {
  private static final int SECTION = 0xE0;

  private HpakWriter() {}

  /** Writes a container with an empty page file; {@code compressed} content is in gzip. */
  public static void write(FrameSource frames, boolean compressed, Path file) throws IOException {
    write(frames, new byte[8192], compressed, file);
  }

  /** Writes a container with a page file; {@code compressed} content is in gzip. */
  public static void write(FrameSource frames, byte[] pageFile, boolean compressed, Path file)
      throws IOException {
    Path raw = file.resolveSibling(file.getFileName() + ".raw");
    RawWriter.writePadded(frames, raw);
    byte[] memory = Files.readAllBytes(raw);
    Files.delete(raw);
    byte[] stored = compressed ? gzip(memory) : memory;
    byte[] pages = compressed ? gzip(pageFile) : pageFile;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("HPAK".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[0x20 - 4]);
    int second = 0x20 + SECTION + pages.length;
    out.write(
        section("PAGEDUMP", compressed, pageFile.length, pages.length, 0x20 + SECTION, second));
    out.write(pages);
    out.write(section("PHYSDUMP", compressed, memory.length, stored.length, second + SECTION, 0));
    out.write(stored);
    Files.write(file, out.toByteArray());
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    return GzipWriter.compress(plain, 6, Deflater.DEFAULT_STRATEGY, Integer.MAX_VALUE, false);
  }

  private static byte[] section(
      String name, boolean compressed, long length, long stored, long offset, long next) {
    byte[] section = new byte[SECTION];
    ByteBuffer out = ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN);
    out.put(("HPAKSECTHPAK_SECTION_" + name).getBytes(StandardCharsets.US_ASCII));
    out.putInt(0x8C, compressed ? 1 : 0).putLong(0x98, length).putLong(0xA8, offset);
    out.putLong(0xB0, next).putLong(0xB8, stored);
    return section;
  }
}
