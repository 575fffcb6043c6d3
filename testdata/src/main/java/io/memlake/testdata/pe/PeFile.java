package io.memlake.testdata.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A 64-bit program or library from a file, as the memory manager lays it out: headers and sections
 * at their addresses, addresses moved by the base relocations. Bound imports are not filled in.
 */
public final class PeFile {
  private static final int OPTIONAL_HEADER = 24;
  private static final int PE32_PLUS = 0x20B;
  private static final int SECTION_SIZE = 40;
  private static final int EXECUTE = 0x20000000;
  private static final int RELOCATION_DIRECTORY = 5;
  private static final int DIR64 = 10;
  private static final int PAGE = 0x1000;

  private final ByteBuffer file;
  private final int header;
  private final List<Section> sections = new ArrayList<>();

  /**
   * A section.
   *
   * @param rva where it begins in memory
   * @param size its bytes in memory
   * @param code whether it can be executed
   */
  public record Section(int rva, int size, boolean code) {}

  private PeFile(byte[] bytes, Path path) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header = file.getInt(0x3C);
    if (file.getShort(header + OPTIONAL_HEADER) != PE32_PLUS) {
      throw new IllegalArgumentException(path + " is no 64-bit program or library");
    }
    for (int i = 0; i < (file.getShort(header + 6) & 0xFFFF); i++) {
      int at = section(i);
      boolean code = (file.getInt(at + 36) & EXECUTE) != 0;
      sections.add(new Section(file.getInt(at + 12), file.getInt(at + 8), code));
    }
  }

  /** Reads a file. */
  public static PeFile read(Path path) throws IOException {
    return new PeFile(Files.readAllBytes(path), path);
  }

  private int section(int index) {
    int optional = file.getShort(header + 20) & 0xFFFF;
    return header + OPTIONAL_HEADER + optional + index * SECTION_SIZE;
  }

  /** Bytes of the image in memory, whole pages. */
  public int size() {
    return (file.getInt(header + OPTIONAL_HEADER + 56) + PAGE - 1) & -PAGE;
  }

  /** Entry point, relative to the base. */
  public int entryPoint() {
    return file.getInt(header + OPTIONAL_HEADER + 16);
  }

  /** Link time. */
  public int timeDateStamp() {
    return file.getInt(header + 8);
  }

  /** Its sections. */
  public List<Section> sections() {
    return List.copyOf(sections);
  }

  /** The image as it lies in memory at a base. */
  public byte[] at(long base) {
    ByteBuffer image = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
    int headers = Math.min(file.getInt(header + OPTIONAL_HEADER + 60), file.capacity());
    image.put(0, file, 0, headers);
    for (int i = 0; i < sections.size(); i++) {
      int at = section(i);
      int raw = file.getInt(at + 20);
      int stored = Math.min(file.getInt(at + 16), sections.get(i).size());
      image.put(sections.get(i).rva(), file, raw, Math.max(0, stored));
    }
    move(image, base - file.getLong(header + OPTIONAL_HEADER + 24));
    image.putLong(header + OPTIONAL_HEADER + 24, base);
    return image.array();
  }

  private void move(ByteBuffer image, long distance) {
    int directory = header + OPTIONAL_HEADER + 112 + RELOCATION_DIRECTORY * 8;
    int at = file.getInt(directory);
    int end = at + file.getInt(directory + 4);
    while (at != 0 && at + 8 <= end && image.getInt(at + 4) >= 8) {
      int page = image.getInt(at);
      int size = image.getInt(at + 4);
      for (int entry = at + 8; entry + 2 <= at + size; entry += 2) {
        int word = image.getShort(entry) & 0xFFFF;
        if (word >>> 12 == DIR64) {
          int place = page + (word & 0xFFF);
          image.putLong(place, image.getLong(place) + distance);
        }
      }
      at += size;
    }
  }
}
