package io.memlake.testdata.pe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The described parts of an image in memory, ready to be copied to {@code base + rva}.
 *
 * <p>Layout of the headers: MZ header with {@code e_lfanew} 0xF8, PE signature, COFF header,
 * optional header (PE32+ for 64 bit, PE32 for 32 bit) with 16 data directories, section table.
 */
public final class PeImage {

  private static final int NEW_HEADER = 0xF8;
  private static final int OPTIONAL_SIZE_64 = 240;
  private static final int OPTIONAL_SIZE_32 = 224;
  private static final int SECTION_SIZE = 40;
  private static final int HEADER_SIZE = 0x1000;
  private static final int MACHINE_AMD64 = 0x8664;
  private static final int MACHINE_I386 = 0x14C;
  private static final int DIRECTORY_EXPORT = 0;
  private static final int DIRECTORY_EXCEPTION = 3;
  private static final int DIRECTORY_RELOCATION = 5;
  private static final int DIRECTORY_DEBUG = 6;
  private static final int DEBUG_ENTRY_SIZE = 28;
  private static final int DEBUG_TYPE_CODEVIEW = 2;

  private final boolean wide;
  private final int sizeOfImage;
  private final int timeDateStamp;
  private final int characteristics;
  private final List<PeSection> sections = new ArrayList<>();
  private final Map<Integer, byte[]> parts = new TreeMap<>();
  private final int[] directories = new int[32];
  private int entryPoint = 0x1000;
  private int osMajor = 10;
  private int osMinor;
  private int subsystem = 3;

  private PeImage(boolean wide, int sizeOfImage, int timeDateStamp, int characteristics) {
    this.wide = wide;
    this.sizeOfImage = sizeOfImage;
    this.timeDateStamp = timeDateStamp;
    this.characteristics = characteristics;
  }

  /** A 64-bit image. */
  public static PeImage x64(int sizeOfImage, int timeDateStamp, boolean dll) {
    return new PeImage(true, sizeOfImage, timeDateStamp, dll ? 0x2022 : 0x22);
  }

  /** A 32-bit image. */
  public static PeImage x86(int sizeOfImage, int timeDateStamp, boolean dll) {
    return new PeImage(false, sizeOfImage, timeDateStamp, dll ? 0x2102 : 0x102);
  }

  /** Names the operating system version that the headers require. */
  public PeImage osVersion(int major, int minor) {
    osMajor = major;
    osMinor = minor;
    return this;
  }

  /** Sets the entry point, relative to the base. */
  public PeImage entryPoint(int rva) {
    entryPoint = rva;
    return this;
  }

  /** Sets the subsystem: 1 native, 2 windows, 3 console. */
  public PeImage subsystem(int number) {
    subsystem = number;
    return this;
  }

  /** Adds a section. */
  public PeImage section(PeSection section) {
    sections.add(section);
    return this;
  }

  /** Adds bytes at a place that no header describes, such as code. */
  public PeImage part(int rva, byte[] bytes) {
    parts.put(rva, bytes);
    return this;
  }

  /**
   * Adds a debug directory with one CodeView record of kind RSDS.
   *
   * @param rva where the directory lies; the record follows it
   * @param guid 16 bytes as stored
   */
  public PeImage debugRecord(int rva, byte[] guid, int age, String pdbName) {
    byte[] name = (pdbName + "\0").getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[DEBUG_ENTRY_SIZE + 24 + name.length];
    ByteBuffer out = over(bytes);
    out.putInt(0).putInt(timeDateStamp).putInt(0).putInt(DEBUG_TYPE_CODEVIEW);
    out.putInt(24 + name.length).putInt(rva + DEBUG_ENTRY_SIZE).putInt(rva + DEBUG_ENTRY_SIZE);
    out.put("RSDS".getBytes(StandardCharsets.ISO_8859_1)).put(guid).putInt(age).put(name);
    directory(DIRECTORY_DEBUG, rva, DEBUG_ENTRY_SIZE);
    return part(rva, bytes);
  }

  /**
   * Adds an export directory.
   *
   * @param rva where it lies
   * @param imageName the name the image gives itself
   * @param exports addresses relative to the base, by name in ascending order
   */
  public PeImage exports(int rva, String imageName, Map<String, Integer> exports) {
    int functions = rva + 40;
    int names = functions + 4 * exports.size();
    int ordinals = names + 4 * exports.size();
    int strings = ordinals + 2 * exports.size();
    byte[] bytes = new byte[strings - rva + stringBytes(imageName, exports)];
    ByteBuffer out = over(bytes);
    out.putInt(0).putInt(timeDateStamp).putInt(0).putInt(strings).putInt(1);
    out.putInt(exports.size()).putInt(exports.size());
    out.putInt(functions).putInt(names).putInt(ordinals);
    int nameAt = strings + imageName.length() + 1;
    int index = 0;
    for (Map.Entry<String, Integer> export : new TreeMap<>(exports).entrySet()) {
      out.putInt(functions - rva + 4 * index, export.getValue());
      out.putInt(names - rva + 4 * index, nameAt);
      out.putShort(ordinals - rva + 2 * index, (short) index);
      putText(out, nameAt - rva, export.getKey());
      nameAt += export.getKey().length() + 1;
      index++;
    }
    putText(out, strings - rva, imageName);
    directory(DIRECTORY_EXPORT, rva, out.capacity());
    return part(rva, bytes);
  }

  /** Adds the table that tells how functions are unwound. */
  public PeImage functionTable(int rva, byte[] table) {
    directory(DIRECTORY_EXCEPTION, rva, table.length);
    return part(rva, table);
  }

  /** Says where the table of addresses that depend on the base lies, whether it is there or not. */
  public PeImage relocationTable(int rva, int size) {
    directory(DIRECTORY_RELOCATION, rva, size);
    return this;
  }

  private static int stringBytes(String imageName, Map<String, Integer> exports) {
    return imageName.length()
        + 1
        + exports.keySet().stream().mapToInt(name -> name.length() + 1).sum();
  }

  private static void putText(ByteBuffer out, int at, String text) {
    out.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void directory(int index, int rva, int size) {
    directories[2 * index] = rva;
    directories[2 * index + 1] = size;
  }

  /** The finished parts: headers at 0 and everything added, by relative virtual address. */
  public Map<Integer, byte[]> parts(long imageBase) {
    Map<Integer, byte[]> all = new TreeMap<>(parts);
    all.put(0, headers(imageBase));
    return all;
  }

  private byte[] headers(long imageBase) {
    byte[] bytes = new byte[HEADER_SIZE];
    ByteBuffer out = over(bytes);
    out.putShort((short) 0x5A4D).putShort((short) 0x90).putShort((short) 3).putShort((short) 0);
    out.putShort((short) 4).putShort((short) 0).putShort((short) 0xFFFF);
    out.putInt(0x3C, NEW_HEADER);
    putText(out, 0x4E, "This program cannot be run in DOS mode.\r\r\n$");
    out.position(NEW_HEADER);
    out.putInt(0x4550);
    out.putShort((short) (wide ? MACHINE_AMD64 : MACHINE_I386)).putShort((short) sections.size());
    out.putInt(timeDateStamp).putInt(0).putInt(0);
    out.putShort((short) (wide ? OPTIONAL_SIZE_64 : OPTIONAL_SIZE_32));
    out.putShort((short) characteristics);
    optionalHeader(out, imageBase);
    for (PeSection section : sections) {
      section(out, section);
    }
    return bytes;
  }

  private void optionalHeader(ByteBuffer out, long imageBase) {
    out.putShort((short) (wide ? 0x20B : 0x10B)).put((byte) 14).put((byte) 20);
    out.putInt(0x1000).putInt(0x1000).putInt(0).putInt(entryPoint).putInt(0x1000);
    if (wide) {
      out.putLong(imageBase);
    } else {
      out.putInt(0x1000).putInt((int) imageBase);
    }
    out.putInt(0x1000).putInt(0x200);
    out.putShort((short) osMajor).putShort((short) osMinor);
    out.putShort((short) osMajor).putShort((short) osMinor);
    out.putShort((short) osMajor).putShort((short) osMinor);
    out.putInt(0).putInt(sizeOfImage).putInt(0x400).putInt(0);
    out.putShort((short) subsystem).putShort((short) 0x4160);
    for (int i = 0; i < 4; i++) {
      if (wide) {
        out.putLong(0x1000L << i);
      } else {
        out.putInt(0x1000 << i);
      }
    }
    out.putInt(0).putInt(directories.length / 2);
    for (int word : directories) {
      out.putInt(word);
    }
  }

  private static void section(ByteBuffer out, PeSection section) {
    int start = out.position();
    putText(out, start, section.name());
    out.position(start + 8);
    int rawSize = section.size() + 0x1FF & ~0x1FF;
    out.putInt(section.size()).putInt(section.rva()).putInt(rawSize).putInt(section.rva());
    out.putInt(0).putInt(0).putInt(0).putInt(section.flags());
    assertSize(out.position() - start);
  }

  private static void assertSize(int size) {
    if (size != SECTION_SIZE) {
      throw new IllegalStateException("Section header has " + size + " bytes");
    }
  }

  private static ByteBuffer over(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
