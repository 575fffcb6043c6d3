package io.memlake.engine.symbols;

import io.memlake.engine.paging.BitField;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.paging.PteAddress;
import io.memlake.engine.paging.PteLayout;
import java.util.Optional;

/**
 * Takes the bit positions of page-table entries from the symbols of the exact kernel. The build
 * number cannot tell them: servicing moved them within builds.
 */
public final class PteLayouts {
  private static final String SOFTWARE = "_MMPTE_SOFTWARE";
  private static final String TRANSITION = "_MMPTE_TRANSITION";
  private static final String PROTOTYPE = "_MMPTE_PROTOTYPE";
  private static final String SUBSECTION = "_MMPTE_SUBSECTION";

  /** Bits of {@code ProtoAddressLow} up to Server 2003; later kernels have 8. */
  private static final int LOW_BITS_FROM_PAGED_POOL = 7;

  /** Bits of {@code SubsectionAddressLow} since Vista; older kernels have 4. */
  private static final int LOW_BITS_OF_WHOLE_ADDRESS = 9;

  private PteLayouts() {}

  /**
   * The layout that {@code symbols} describe. What they leave out is as usual for kernels of the
   * same age: those with a swizzle bit, or those without.
   *
   * @param invalidPteMask value of {@code MiInvalidPteMask} or {@code
   *     MiState.Hardware.InvalidPteMask} read from the image; 0 when it is not known. Ignored for
   *     kernels without a swizzle bit
   */
  public static PteLayout resolve(SymbolTable symbols, long invalidPteMask) {
    Optional<StructType> software = symbols.findStruct(SOFTWARE);
    if (software.isEmpty()) {
      return symbols.pointerSize() == Long.BYTES
          ? PteLayout.x64(invalidPteMask)
          : PteLayout.pae(invalidPteMask);
    }
    PteLayout usual = usual(symbols.pointerSize(), software.get(), invalidPteMask);
    return new PteLayout(
        symbols.source(),
        bits(symbols, SOFTWARE, "Prototype").map(BitField::mask).orElse(usual.prototype()),
        bits(symbols, SOFTWARE, "Transition").map(BitField::mask).orElse(usual.transition()),
        bits(symbols, SOFTWARE, "SwizzleBit").map(BitField::mask).orElse(0L),
        usual.invalidPteMask(),
        bits(symbols, SOFTWARE, "PageFileLow").orElse(usual.pageFileNumber()),
        bits(symbols, SOFTWARE, "PageFileHigh").orElse(usual.pageFileOffset()),
        bits(symbols, SOFTWARE, "Protection").orElse(usual.protection()),
        bits(symbols, TRANSITION, "PageFrameNumber").orElse(usual.transitionFrame()),
        bits(symbols, PROTOTYPE, "Protection").orElse(usual.prototypeProtection()),
        prototypeAddress(symbols, usual),
        subsectionAddress(symbols, usual),
        usual.fileBacked());
  }

  /**
   * Like {@link #resolve(SymbolTable, long)}, for a machine that pages in {@code mode}: of symbols
   * of a kernel with entries of another width, which Windows has for PAE, only the age is taken.
   */
  public static PteLayout resolve(SymbolTable symbols, PagingMode mode, long invalidPteMask) {
    Optional<StructType> software = symbols.findStruct(SOFTWARE);
    if (software.isEmpty() || software.get().size() == mode.entrySize()) {
      return software.isEmpty() && mode == PagingMode.X86
          ? PteLayout.x86()
          : resolve(symbols, invalidPteMask);
    }
    if (mode.entrySize() == Integer.BYTES) {
      return PteLayout.x86();
    }
    return software.get().find("SwizzleBit").isPresent()
        ? PteLayout.of(mode).withInvalidPteMask(invalidPteMask)
        : mode == PagingMode.PAE ? PteLayout.paeBeforeSwizzle() : PteLayout.x64BeforeSwizzle();
  }

  private static PteLayout usual(int pointerSize, StructType software, long invalidPteMask) {
    boolean swizzles = software.find("SwizzleBit").isPresent();
    if (pointerSize == Long.BYTES) {
      return swizzles ? PteLayout.x64(invalidPteMask) : PteLayout.x64BeforeSwizzle();
    }
    if (software.size() == Integer.BYTES) {
      return PteLayout.x86();
    }
    return swizzles ? PteLayout.pae(invalidPteMask) : PteLayout.paeBeforeSwizzle();
  }

  private static PteAddress prototypeAddress(SymbolTable symbols, PteLayout usual) {
    return bits(symbols, PROTOTYPE, "ProtoAddressLow")
        .map(
            low ->
                low.length() == LOW_BITS_FROM_PAGED_POOL
                    ? PteAddress.X86_FROM_PAGED_POOL
                    : PteAddress.X86)
        .orElse(usual.prototypeAddress());
  }

  private static PteAddress subsectionAddress(SymbolTable symbols, PteLayout usual) {
    return bits(symbols, SUBSECTION, "SubsectionAddressLow")
        .map(
            low ->
                low.length() == LOW_BITS_OF_WHOLE_ADDRESS
                    ? PteAddress.X86_SUBSECTION
                    : PteAddress.UNDECODED)
        .orElse(usual.subsectionAddress());
  }

  private static Optional<BitField> bits(SymbolTable symbols, String struct, String field) {
    return symbols
        .findStruct(struct)
        .flatMap(type -> type.find(field))
        .map(
            found ->
                new BitField(
                    found.offset() * Byte.SIZE + found.bitPosition(),
                    found.isBitField() ? found.bitLength() : found.size() * Byte.SIZE));
  }
}
