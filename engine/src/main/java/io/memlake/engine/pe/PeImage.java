package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An executable mapped in an address space, seen through its header page. */
public final class PeImage {
  /** Machine type of x64. */
  public static final int MACHINE_X64 = 0x8664;

  /** Machine type of 32-bit x86. */
  public static final int MACHINE_X86 = 0x14C;

  /** {@code MZ} as a little-endian number. */
  public static final int MZ = 0x5A4D;

  /** Index of the export directory. */
  public static final int DIRECTORY_EXPORT = 0;

  /** Index of the table of functions and how they are unwound. */
  public static final int DIRECTORY_EXCEPTION = 3;

  /** Index of the table of addresses that depend on the base. */
  public static final int DIRECTORY_RELOCATION = 5;

  /** Index of the debug directory. */
  public static final int DIRECTORY_DEBUG = 6;

  private static final int PE_SIGNATURE = 0x4550;
  private static final int E_LFANEW = 0x3C;
  private static final int OPTIONAL_HEADER = 24;
  private static final int MAGIC_32 = 0x10B;
  private static final int MAGIC_64 = 0x20B;
  private static final int DIRECTORIES_32 = 96;
  private static final int DIRECTORIES_64 = 112;
  private static final int MAXIMUM_DIRECTORIES = 16;
  private static final int SECTION_HEADER_SIZE = 40;
  private static final int MAXIMUM_SECTIONS = 96;
  private static final int EXECUTABLE = 0x2000_0000;

  private final long base;
  private final byte[] header;
  private final int pe;
  private final boolean is64;

  private PeImage(long base, byte[] header, int pe, boolean is64) {
    this.base = base;
    this.header = header;
    this.pe = pe;
    this.is64 = is64;
  }

  /**
   * The executable at {@code base}; empty when its header page is absent or is none.
   *
   * @throws IOException when the medium fails
   */
  public static Optional<PeImage> at(AddressSpace space, long base) throws IOException {
    Optional<byte[]> page = space.map(base, PhysicalMemory.PAGE_SIZE);
    return page.isEmpty() ? Optional.empty() : of(base, page.get());
  }

  private static Optional<PeImage> of(long base, byte[] header) {
    int pe = LittleEndian.i32(header, E_LFANEW);
    int room = OPTIONAL_HEADER + DIRECTORIES_64 + MAXIMUM_DIRECTORIES * Long.BYTES;
    if (LittleEndian.u16(header, 0) != MZ
        || pe < 0
        || pe > header.length - room
        || LittleEndian.i32(header, pe) != PE_SIGNATURE) {
      return Optional.empty();
    }
    int magic = LittleEndian.u16(header, pe + OPTIONAL_HEADER);
    return magic == MAGIC_64 || magic == MAGIC_32
        ? Optional.of(new PeImage(base, header, pe, magic == MAGIC_64))
        : Optional.empty();
  }

  /** Virtual address of its first byte. */
  public long base() {
    return base;
  }

  /** Machine type, {@link #MACHINE_X64} for instance. */
  public int machine() {
    return LittleEndian.u16(header, pe + 4);
  }

  /** Seconds since 1970, or a hash in reproducible builds; unsigned 32 bits. */
  public long timeDateStamp() {
    return LittleEndian.u32(header, pe + 8);
  }

  /** MD5 of its unmasked Rich header, lower-case hex; empty when it has none. */
  public Optional<String> richHash() {
    return RichHeader.hash(header, pe);
  }

  /** Bytes that it takes in memory. */
  public long sizeOfImage() {
    return LittleEndian.u32(header, pe + OPTIONAL_HEADER + 56);
  }

  /** Checksum that the linker wrote; unsigned 32 bits. */
  public long checkSum() {
    return LittleEndian.u32(header, pe + OPTIONAL_HEADER + 64);
  }

  /** Whether addresses in it have 64 bits. */
  public boolean is64Bit() {
    return is64;
  }

  /** Offset of a data directory from the base, 0 when it has none. */
  public long directoryOffset(int index) {
    return LittleEndian.u32(header, directory(index));
  }

  /** Bytes of a data directory. */
  public long directorySize(int index) {
    return LittleEndian.u32(header, directory(index) + Integer.BYTES);
  }

  private int directory(int index) {
    return pe + OPTIONAL_HEADER + (is64 ? DIRECTORIES_64 : DIRECTORIES_32) + index * Long.BYTES;
  }

  /** Names of the sections whose headers lie in the header page. */
  public List<String> sectionNames() {
    int count = Math.min(LittleEndian.u16(header, pe + 6), MAXIMUM_SECTIONS);
    int at = pe + OPTIONAL_HEADER + LittleEndian.u16(header, pe + 20);
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count && at + SECTION_HEADER_SIZE <= header.length; i++) {
      names.add(new String(header, at, 8, StandardCharsets.ISO_8859_1).trim());
      at += SECTION_HEADER_SIZE;
    }
    return names;
  }

  /** The sections whose headers lie in the header page and that lie inside the image. */
  public List<PeSection> sections() {
    int count = Math.min(LittleEndian.u16(header, pe + 6), MAXIMUM_SECTIONS);
    int at = pe + OPTIONAL_HEADER + LittleEndian.u16(header, pe + 20);
    List<PeSection> sections = new ArrayList<>(count);
    for (int i = 0; i < count && at + SECTION_HEADER_SIZE <= header.length; i++) {
      String name = new String(header, at, 8, StandardCharsets.ISO_8859_1).trim();
      long size = LittleEndian.u32(header, at + 8);
      long offset = LittleEndian.u32(header, at + 12);
      boolean executable = (LittleEndian.i32(header, at + 36) & EXECUTABLE) != 0;
      if (size <= Integer.MAX_VALUE && offset + size <= sizeOfImage()) {
        sections.add(new PeSection(name, base + offset, (int) size, executable));
      }
      at += SECTION_HEADER_SIZE;
    }
    return sections;
  }

  /** Its bytes by their offset from the base. */
  public ImageMemory memory(AddressSpace space) {
    return new ImageBytes(space, this);
  }

  /** Bytes of all headers together, as the file has them. */
  public long sizeOfHeaders() {
    return LittleEndian.u32(header, pe + OPTIONAL_HEADER + 60);
  }

  /** How the sections whose headers lie in the header page stand in the file. */
  public List<PeFileSection> fileSections() {
    int count = Math.min(LittleEndian.u16(header, pe + 6), MAXIMUM_SECTIONS);
    int at = pe + OPTIONAL_HEADER + LittleEndian.u16(header, pe + 20);
    List<PeFileSection> sections = new ArrayList<>(count);
    for (int i = 0; i < count && at + SECTION_HEADER_SIZE <= header.length; i++) {
      sections.add(PeFileSection.in(header, at));
      at += SECTION_HEADER_SIZE;
    }
    return sections;
  }

  /**
   * The file name that its export directory gives; empty text when it has none or the page is
   * absent.
   *
   * @param limit characters after which the name is cut
   */
  public String exportName(AddressSpace space, int limit) throws IOException {
    long directory = directoryOffset(DIRECTORY_EXPORT);
    byte[] pointer = new byte[Integer.BYTES];
    if (directory == 0
        || directory >= sizeOfImage()
        || !space.read(base + directory + 12, pointer, 0, Integer.BYTES)) {
      return "";
    }
    long name = LittleEndian.u32(pointer, 0);
    byte[] text = new byte[limit];
    if (name == 0 || name >= sizeOfImage() || !space.read(base + name, text, 0, limit)) {
      return "";
    }
    int end = 0;
    while (end < limit && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.ISO_8859_1);
  }
}
