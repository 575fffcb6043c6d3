package io.memlake.engine.kernel;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.DebugRecord;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.symbols.PdbId;
import java.io.IOException;
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
  /** Smaller than any kernel; drivers of the boot loader are mostly smaller. */
  static final long MINIMUM_SIZE = 0x100000;

  /** Larger than any kernel so far (11 to 17 MiB). */
  static final long MAXIMUM_SIZE = 0x4000000;

  private static final String EXPORT_NAME = "ntoskrnl.exe";
  private static final Set<String> PDB_NAMES =
      Set.of("ntkrnlmp.pdb", "ntoskrnl.pdb", "ntkrnlpa.pdb", "ntkrpamp.pdb");
  private static final Set<String> SECTIONS_OF_KERNELS_ONLY =
      Set.of("POOLCODE", "INITKDBG", "PAGEHDLS", "KVASCODE");

  /** The kernel at {@code base}; empty when another binary or nothing readable lies there. */
  static Optional<KernelImage> at(AddressSpace space, long base) throws IOException {
    Optional<PeImage> pe = PeImage.at(space, base);
    if (pe.isEmpty()
        || !isOf(space, pe.get())
        || pe.get().sizeOfImage() < MINIMUM_SIZE
        || pe.get().sizeOfImage() > MAXIMUM_SIZE) {
      return Optional.empty();
    }
    long size = pe.get().sizeOfImage();
    Optional<PdbId> pdb = DebugRecord.of(space, pe.get()).map(KernelImage::pdbId);
    if (pdb.isPresent()) {
      return namesKernel(pdb.get())
          ? Optional.of(new KernelImage(base, size, pdb, "debug record names " + pdb.get().name()))
          : Optional.empty();
    }
    String name = pe.get().exportName(space, EXPORT_NAME.length() + 1);
    if (name.equalsIgnoreCase(EXPORT_NAME)) {
      return Optional.of(new KernelImage(base, size, pdb, "export name is " + EXPORT_NAME));
    }
    return pe.get().sectionNames().stream()
        .filter(SECTIONS_OF_KERNELS_ONLY::contains)
        .findFirst()
        .map(section -> new KernelImage(base, size, pdb, "has section " + section));
  }

  private static boolean isOf(AddressSpace space, PeImage pe) {
    return space.pointerSize() == Long.BYTES
        ? pe.is64Bit() && pe.machine() == PeImage.MACHINE_X64
        : !pe.is64Bit() && pe.machine() == PeImage.MACHINE_X86;
  }

  /** A kernel that the caller knows to be there although its header says nothing. */
  static KernelImage known(long base, String evidence) {
    return new KernelImage(base, 0, Optional.empty(), evidence);
  }

  static PdbId pdbId(DebugRecord debug) {
    return new PdbId(debug.fileName(), debug.guid(), debug.age());
  }

  /** Whether the symbol file is one of a kernel. */
  static boolean namesKernel(PdbId pdb) {
    return PDB_NAMES.contains(pdb.name().toLowerCase(Locale.ROOT));
  }

  boolean contains(long virtualAddress) {
    return Long.compareUnsigned(virtualAddress, base) >= 0
        && Long.compareUnsigned(virtualAddress - base, size == 0 ? MAXIMUM_SIZE : size) < 0;
  }
}
