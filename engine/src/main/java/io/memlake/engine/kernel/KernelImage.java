package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.PdbId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel as it is mapped, told from any other driver by its debug record, its export name or
 * section names that only the kernel has.
 *
 * @param base virtual address of its first byte
 * @param size bytes, by its header
 * @param pdb what its RSDS record says; empty when that page is absent or there is no record
 * @param evidence what tells that it is the kernel
 */
record KernelImage(long base, long size, Optional<PdbId> pdb, String evidence) {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int MAXIMUM_HEADER_OFFSET = 0x800;
  private static final int MACHINE_X64 = 0x8664;
  private static final int OPTIONAL_MAGIC_64 = 0x20B;
  private static final int SECTION_HEADER_SIZE = 40;
  private static final int MAXIMUM_SECTIONS = 96;
  private static final int DEBUG_ENTRY_SIZE = 28;
  private static final int DEBUG_TYPE_CODEVIEW = 2;
  private static final int MAXIMUM_DEBUG_ENTRIES = 16;
  private static final int RSDS = 0x53445352;
  private static final int RSDS_HEADER = 24;
  private static final int MAXIMUM_NAME = 64;

  /** Smaller than any kernel; drivers of the boot loader are mostly smaller. */
  static final long MINIMUM_SIZE = 0x100000;

  /** Larger than any kernel so far (11 to 17 MiB). */
  static final long MAXIMUM_SIZE = 0x4000000;

  private static final Set<String> PDB_NAMES =
      Set.of("ntkrnlmp.pdb", "ntoskrnl.pdb", "ntkrnlpa.pdb", "ntkrpamp.pdb", "xkrnlmp.pdb");
  private static final Set<String> SECTIONS_OF_KERNELS_ONLY =
      Set.of("POOLCODE", "INITKDBG", "PAGEHDLS", "KVASCODE");

  /** The kernel at {@code base}; empty when another binary or nothing readable lies there. */
  static Optional<KernelImage> at(AddressSpace space, long base) throws IOException {
    Optional<byte[]> page = space.map(base, PAGE);
    if (page.isEmpty()) {
      return Optional.empty();
    }
    byte[] header = page.get();
    int pe = LittleEndian.i32(header, 0x3C);
    if (LittleEndian.u16(header, 0) != 0x5A4D
        || pe < 0x40
        || pe > MAXIMUM_HEADER_OFFSET
        || LittleEndian.i32(header, pe) != 0x4550
        || LittleEndian.u16(header, pe + 4) != MACHINE_X64
        || LittleEndian.u16(header, pe + 24) != OPTIONAL_MAGIC_64) {
      return Optional.empty();
    }
    long size = LittleEndian.u32(header, pe + 24 + 56);
    if (size < MINIMUM_SIZE || size > MAXIMUM_SIZE) {
      return Optional.empty();
    }
    Optional<PdbId> pdb = debugRecord(space, base, size, header, pe);
    if (pdb.isPresent()) {
      String name = pdb.get().name().toLowerCase(Locale.ROOT);
      return namesKernel(name)
          ? Optional.of(new KernelImage(base, size, pdb, "debug record names " + name))
          : Optional.empty();
    }
    if (exportName(space, base, size, header, pe).equalsIgnoreCase("ntoskrnl.exe")) {
      return Optional.of(new KernelImage(base, size, pdb, "export name is ntoskrnl.exe"));
    }
    String section = kernelSection(header, pe);
    return section.isEmpty()
        ? Optional.empty()
        : Optional.of(new KernelImage(base, size, pdb, "has section " + section));
  }

  /** A kernel that the caller knows to be there although its header says nothing. */
  static KernelImage known(long base, String evidence) {
    return new KernelImage(base, 0, Optional.empty(), evidence);
  }

  /** Whether {@code name}, in lower case, is the symbol file of a kernel. */
  static boolean namesKernel(String name) {
    return PDB_NAMES.contains(name);
  }

  boolean contains(long virtualAddress) {
    return Long.compareUnsigned(virtualAddress, base) >= 0
        && Long.compareUnsigned(virtualAddress - base, size == 0 ? MAXIMUM_SIZE : size) < 0;
  }

  private static Optional<PdbId> debugRecord(
      AddressSpace space, long base, long size, byte[] header, int pe) throws IOException {
    long directory = LittleEndian.u32(header, pe + 24 + 112 + 6 * 8);
    long length = LittleEndian.u32(header, pe + 24 + 112 + 6 * 8 + 4);
    int count = (int) Math.min(length / DEBUG_ENTRY_SIZE, MAXIMUM_DEBUG_ENTRIES);
    byte[] entry = new byte[DEBUG_ENTRY_SIZE];
    for (int i = 0; i < count && directory < size; i++) {
      long at = base + directory + (long) i * DEBUG_ENTRY_SIZE;
      if (!space.read(at, entry, 0, DEBUG_ENTRY_SIZE)) {
        continue;
      }
      long record = LittleEndian.u32(entry, 20);
      if (LittleEndian.i32(entry, 12) == DEBUG_TYPE_CODEVIEW && record > 0 && record < size) {
        Optional<PdbId> pdb = rsds(space, base + record);
        if (pdb.isPresent()) {
          return pdb;
        }
      }
    }
    return Optional.empty();
  }

  /** The RSDS record at {@code at}: tag, GUID, age, zero-terminated file name. */
  private static Optional<PdbId> rsds(AddressSpace space, long at) throws IOException {
    byte[] bytes = new byte[RSDS_HEADER + MAXIMUM_NAME];
    int toPageEnd = PAGE - (int) (at & (PAGE - 1));
    int length = Math.min(bytes.length, Math.max(toPageEnd, RSDS_HEADER + 1));
    if (!space.read(at, bytes, 0, length) || LittleEndian.i32(bytes, 0) != RSDS) {
      return Optional.empty();
    }
    if (length < bytes.length && !space.read(at + length, bytes, length, bytes.length - length)) {
      // The name is cut by a missing page; what is there decides.
      java.util.Arrays.fill(bytes, length, bytes.length, (byte) 0);
    }
    return Optional.of(pdbId(bytes, 0, bytes.length));
  }

  /** Reads the record at {@code at}; a path in it is cut down to its file name. */
  static PdbId pdbId(byte[] bytes, int at, int limit) {
    String guid =
        String.format(
            Locale.ROOT,
            "%08X%04X%04X%016X",
            LittleEndian.i32(bytes, at + 4),
            LittleEndian.u16(bytes, at + 8),
            LittleEndian.u16(bytes, at + 10),
            Long.reverseBytes(LittleEndian.i64(bytes, at + 12)));
    int age = LittleEndian.i32(bytes, at + 20);
    int end = at + RSDS_HEADER;
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    String path =
        new String(bytes, at + RSDS_HEADER, end - at - RSDS_HEADER, StandardCharsets.ISO_8859_1);
    return new PdbId(path.substring(path.lastIndexOf('\\') + 1), guid, age);
  }

  private static String exportName(AddressSpace space, long base, long size, byte[] header, int pe)
      throws IOException {
    long directory = LittleEndian.u32(header, pe + 24 + 112);
    byte[] export = new byte[16];
    if (directory == 0 || directory >= size || !space.read(base + directory, export, 0, 16)) {
      return "";
    }
    long name = LittleEndian.u32(export, 12);
    byte[] text = new byte[13];
    if (name == 0 || name >= size || !space.read(base + name, text, 0, text.length)) {
      return "";
    }
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.ISO_8859_1);
  }

  private static String kernelSection(byte[] header, int pe) {
    int count = Math.min(LittleEndian.u16(header, pe + 6), MAXIMUM_SECTIONS);
    int first = pe + 24 + LittleEndian.u16(header, pe + 20);
    for (int i = 0; i < count; i++) {
      int at = first + i * SECTION_HEADER_SIZE;
      if (at + SECTION_HEADER_SIZE > header.length) {
        break;
      }
      String name = new String(header, at, 8, StandardCharsets.ISO_8859_1).trim();
      if (SECTIONS_OF_KERNELS_ONLY.contains(name)) {
        return name;
      }
    }
    return "";
  }
}
