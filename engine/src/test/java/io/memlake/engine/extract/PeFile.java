package io.memlake.engine.extract;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A small x64 executable, written by hand from the PE specification: as the file on disk, and as
 * the loader maps it.
 */
final class PeFile {
  static final int SIZE_OF_IMAGE = 0x8000;
  static final int TEXT = 0x1000;
  static final int TEXT_SIZE = 0x3200;
  static final int DATA = 0x5000;

  private static final int HEADERS = 0x400;
  private static final int DATA_FILE_OFFSET = HEADERS + TEXT_SIZE;
  private static final int DATA_SIZE = 0x600;
  private static final int PE = 0x80;

  private PeFile() {}

  static byte[] onDisk() {
    ByteBuffer file =
        ByteBuffer.allocate(DATA_FILE_OFFSET + DATA_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    new SplittableRandom(11).nextBytes(file.array());
    for (int i = 0; i < HEADERS; i++) {
      file.put(i, (byte) 0);
    }
    file.putShort(0, (short) 0x5A4D).putInt(0x3C, PE).putInt(PE, 0x4550);
    file.putShort(PE + 4, (short) 0x8664).putShort(PE + 6, (short) 2);
    file.putShort(PE + 20, (short) 0xF0).putShort(PE + 24, (short) 0x20B);
    file.putInt(PE + 24 + 32, 0x1000).putInt(PE + 24 + 36, 0x200);
    file.putInt(PE + 24 + 56, SIZE_OF_IMAGE).putInt(PE + 24 + 60, HEADERS);
    section(file, PE + 24 + 0xF0, ".text", TEXT, 0x3123, HEADERS, TEXT_SIZE);
    // More in memory than in the file: what follows is never on disk.
    section(file, PE + 24 + 0xF0 + 40, ".data", DATA, 0x2800, DATA_FILE_OFFSET, DATA_SIZE);
    return file.array();
  }

  private static void section(
      ByteBuffer file, int at, String name, int address, int size, int offset, int fileSize) {
    file.put(at, name.getBytes(StandardCharsets.US_ASCII));
    file.putInt(at + 8, size).putInt(at + 12, address);
    file.putInt(at + 16, fileSize).putInt(at + 20, offset);
  }

  static byte[] mapped() {
    byte[] file = onDisk();
    byte[] image = new byte[SIZE_OF_IMAGE];
    System.arraycopy(file, 0, image, 0, HEADERS);
    System.arraycopy(file, HEADERS, image, TEXT, TEXT_SIZE);
    System.arraycopy(file, DATA_FILE_OFFSET, image, DATA, DATA_SIZE);
    // Written while it ran.
    image[DATA + 0x2000] = 1;
    return image;
  }
}
