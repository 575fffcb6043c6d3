package io.memlake.engine.paging;

import java.io.Serializable;

/**
 * Where Windows keeps its own facts in entries that are not valid. The processor ignores those
 * bits, so each servicing level of Windows places them as it likes: the August 2018 updates against
 * L1 terminal fault moved them on builds back to Windows 7.
 *
 * @param source where the positions come from: a symbol file, or {@code default}
 * @param prototype mask of {@code _MMPTE_SOFTWARE.Prototype}
 * @param transition mask of {@code _MMPTE_SOFTWARE.Transition}
 * @param swizzle mask of {@code SwizzleBit}, 0 on kernels before the updates
 * @param invalidPteMask value of {@code InvalidPteMask} in this kernel: the bits that are inverted
 *     in entries whose swizzle bit is clear; 0 when the processor needs none
 * @param pageFileNumber {@code _MMPTE_SOFTWARE.PageFileLow}
 * @param pageFileOffset {@code _MMPTE_SOFTWARE.PageFileHigh}, in pages
 * @param protection {@code _MMPTE_SOFTWARE.Protection}
 * @param transitionFrame {@code _MMPTE_TRANSITION.PageFrameNumber}
 * @param prototypeProtection {@code _MMPTE_PROTOTYPE.Protection}
 * @param prototypeAddress how the address of a prototype entry is stored
 * @param subsectionAddress how the address of a subsection is stored
 * @param fileBacked whether entries that name a control area exist (build 22621 and later)
 */
public record PteLayout(
    String source,
    long prototype,
    long transition,
    long swizzle,
    long invalidPteMask,
    BitField pageFileNumber,
    BitField pageFileOffset,
    BitField protection,
    BitField transitionFrame,
    BitField prototypeProtection,
    PteAddress prototypeAddress,
    PteAddress subsectionAddress,
    boolean fileBacked)
    implements Serializable {

  /** Build from which entries may name a control area. */
  private static final int FIRST_FILE_BACKED_BUILD = 22621;

  private static final String DEFAULT = "default";
  private static final long PROTOTYPE_BIT = 1L << 10;
  private static final long TRANSITION_BIT = 1L << 11;
  private static final long SWIZZLE_BIT = 1L << 4;
  private static final BitField BITS_1_TO_4 = new BitField(1, 4);
  private static final BitField BITS_5_TO_9 = new BitField(5, 5);
  private static final BitField BITS_11_TO_15 = new BitField(11, 5);
  private static final BitField BITS_12_TO_15 = new BitField(12, 4);
  private static final BitField BITS_32_TO_63 = new BitField(32, 32);

  /**
   * x64 kernels since the August 2018 updates: page-file number in bits 12 to 15, swizzle bit 4.
   *
   * @param invalidPteMask value of {@code InvalidPteMask}, 0 when it is not known
   */
  public static PteLayout x64(long invalidPteMask) {
    return new PteLayout(
        DEFAULT,
        PROTOTYPE_BIT,
        TRANSITION_BIT,
        SWIZZLE_BIT,
        invalidPteMask,
        BITS_12_TO_15,
        BITS_32_TO_63,
        BITS_5_TO_9,
        new BitField(12, 40),
        BITS_5_TO_9,
        PteAddress.X64,
        PteAddress.X64,
        false);
  }

  /**
   * x64 kernels before the August 2018 updates: page-file number in bits 1 to 4, no swizzle bit.
   */
  public static PteLayout x64BeforeSwizzle() {
    return new PteLayout(
        DEFAULT,
        PROTOTYPE_BIT,
        TRANSITION_BIT,
        0,
        0,
        BITS_1_TO_4,
        BITS_32_TO_63,
        BITS_5_TO_9,
        new BitField(12, 36),
        BITS_11_TO_15,
        PteAddress.X64,
        PteAddress.X64,
        false);
  }

  /** PAE kernels since the August 2018 updates. */
  public static PteLayout pae(long invalidPteMask) {
    return new PteLayout(
        DEFAULT,
        PROTOTYPE_BIT,
        TRANSITION_BIT,
        SWIZZLE_BIT,
        invalidPteMask,
        BITS_12_TO_15,
        BITS_32_TO_63,
        BITS_5_TO_9,
        new BitField(12, 26),
        BITS_5_TO_9,
        PteAddress.PAE,
        PteAddress.PAE,
        false);
  }

  /** PAE kernels before the August 2018 updates. */
  public static PteLayout paeBeforeSwizzle() {
    return new PteLayout(
        DEFAULT,
        PROTOTYPE_BIT,
        TRANSITION_BIT,
        0,
        0,
        BITS_1_TO_4,
        BITS_32_TO_63,
        BITS_5_TO_9,
        new BitField(12, 26),
        BITS_11_TO_15,
        PteAddress.PAE,
        PteAddress.PAE,
        false);
  }

  /** 32-bit kernels without PAE, Vista and later. */
  public static PteLayout x86() {
    return new PteLayout(
        DEFAULT,
        PROTOTYPE_BIT,
        TRANSITION_BIT,
        0,
        0,
        BITS_1_TO_4,
        new BitField(12, 20),
        BITS_5_TO_9,
        new BitField(12, 20),
        BITS_5_TO_9,
        PteAddress.X86,
        PteAddress.X86_SUBSECTION,
        false);
  }

  /** What kernels of a mode have in common: valid entries, transition, prototype addresses. */
  public static PteLayout of(PagingMode mode) {
    return switch (mode) {
      case X64, X64_LA57 -> x64(0);
      case PAE -> pae(0);
      case X86 -> x86();
    };
  }

  /** The same layout with the value that this kernel's {@code InvalidPteMask} has. */
  public PteLayout withInvalidPteMask(long mask) {
    return new PteLayout(
        source,
        prototype,
        transition,
        swizzle,
        swizzle == 0 ? 0 : mask,
        pageFileNumber,
        pageFileOffset,
        protection,
        transitionFrame,
        prototypeProtection,
        prototypeAddress,
        subsectionAddress,
        fileBacked);
  }

  /** The same layout for the given build, which decides whether file-backed entries exist. */
  public PteLayout forBuild(int ntBuild) {
    return new PteLayout(
        source,
        prototype,
        transition,
        swizzle,
        invalidPteMask,
        pageFileNumber,
        pageFileOffset,
        protection,
        transitionFrame,
        prototypeProtection,
        prototypeAddress,
        subsectionAddress,
        ntBuild >= FIRST_FILE_BACKED_BUILD);
  }

  /**
   * The entry as the memory manager meant it: the bits of {@link #invalidPteMask} turned back when
   * the swizzle bit is clear. Holds for every kind of entry that is not valid.
   */
  public long unswizzle(long entry) {
    return (entry & swizzle) == 0 ? entry ^ invalidPteMask : entry;
  }
}
