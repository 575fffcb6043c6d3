package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections of the loaded kernel, as its PE header lists them. */
record KernelSections(long base, long imageSize, List<Section> sections) {
  private static final int HEADER_SIZE = 4096;
  private static final int MZ = 0x5A4D;
  private static final int PE = 0x4550;
  private static final int PE_OFFSET_AT = 0x3C;
  private static final int OPTIONAL_HEADER = 24;
  private static final int SECTION_COUNT_AT = 6;
  private static final int OPTIONAL_SIZE_AT = 20;
  private static final int IMAGE_SIZE_AT = 56;
  private static final int SECTION_SIZE = 40;
  private static final int EXECUTABLE = 0x2000_0000;

  /** The kernel has some 16 MiB; sections that claim more are damaged. */
  private static final long MAX_IMAGE = 256L << 20;

  /** One section: where it is loaded. */
  record Section(String name, long address, int size, boolean executable) {}

  KernelSections {
    sections = List.copyOf(sections);
  }

  /** Reads the header of the kernel at {@code base}; empty when it is not in the evidence. */
  static Optional<KernelSections> read(AddressSpace kernel, long base) throws IOException {
    byte[] header = new byte[HEADER_SIZE];
    if (!kernel.read(base, header, 0, HEADER_SIZE) || LittleEndian.u16(header, 0) != MZ) {
      return Optional.empty();
    }
    long peAt = LittleEndian.u32(header, PE_OFFSET_AT);
    if (peAt > HEADER_SIZE - OPTIONAL_HEADER - IMAGE_SIZE_AT - Integer.BYTES) {
      return Optional.empty();
    }
    int pe = (int) peAt;
    long imageSize = LittleEndian.u32(header, pe + OPTIONAL_HEADER + IMAGE_SIZE_AT);
    if (LittleEndian.i32(header, pe) != PE || imageSize > MAX_IMAGE) {
      return Optional.empty();
    }
    List<Section> sections = new ArrayList<>();
    int at = pe + OPTIONAL_HEADER + LittleEndian.u16(header, pe + OPTIONAL_SIZE_AT);
    for (int left = LittleEndian.u16(header, pe + SECTION_COUNT_AT);
        left > 0 && at + SECTION_SIZE <= HEADER_SIZE;
        left--) {
      long size = LittleEndian.u32(header, at + 8);
      long rva = LittleEndian.u32(header, at + 12);
      if (size <= imageSize && rva <= imageSize - size) {
        String name = new String(header, at, 8, StandardCharsets.ISO_8859_1);
        boolean executable = (LittleEndian.i32(header, at + 36) & EXECUTABLE) != 0;
        sections.add(new Section(name.replace("\0", ""), base + rva, (int) size, executable));
      }
      at += SECTION_SIZE;
    }
    return Optional.of(new KernelSections(base, imageSize, sections));
  }

  boolean contains(long address) {
    return address >= base && address < base + imageSize;
  }
}
