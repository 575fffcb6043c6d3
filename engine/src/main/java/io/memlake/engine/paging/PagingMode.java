package io.memlake.engine.paging;

import io.memlake.engine.physical.PhysicalMemory;

/**
 * How a processor turns an address into a frame, as data: one walk serves all modes.
 *
 * <p>Source: Intel SDM volume 3, chapter 4 (paging).
 */
public enum PagingMode {
  /** 32-bit paging: directory and tables of 1024 entries, large pages of 4 MiB. */
  X86(4, 4, 0xFFFF_F000L, 0xFFFF_F000L, 10, 10),
  /** 32-bit paging with physical address extension: large pages of 2 MiB, no-execute bit. */
  PAE(4, 8, 0xFFFF_FFE0L, 0x000F_FFFF_FFFF_F000L, 2, 9, 9),
  /** 4-level paging of x64: large pages of 2 MiB and 1 GiB. */
  X64(8, 8, 0x000F_FFFF_FFFF_F000L, 0x000F_FFFF_FFFF_F000L, 9, 9, 9, 9),
  /** 5-level paging of x64 (CR4.LA57). */
  X64_LA57(8, 8, 0x000F_FFFF_FFFF_F000L, 0x000F_FFFF_FFFF_F000L, 9, 9, 9, 9, 9);

  /** CR4 bit that says 5-level paging. */
  private static final long CR4_LA57 = 1L << 12;

  /** CR4 bit that says 8-byte entries in 32-bit mode; always set in 64-bit mode. */
  private static final long CR4_PAE = 1L << 5;

  private static final int SHIFT_4_MIB = 22;
  private static final int SHIFT_2_MIB = 21;
  private static final int SHIFT_1_GIB = 30;

  private final int pointerSize;
  private final int entrySize;
  private final long dtbMask;
  private final long frameMask;

  // The arrays are written by the constructor only and never handed out.
  @SuppressWarnings("ImmutableEnumChecker")
  private final int[] indexBits;

  @SuppressWarnings("ImmutableEnumChecker")
  private final int[] shifts;

  private final int addressBits;

  PagingMode(int pointerSize, int entrySize, long dtbMask, long frameMask, int... indexBits) {
    this.pointerSize = pointerSize;
    this.entrySize = entrySize;
    this.dtbMask = dtbMask;
    this.frameMask = frameMask;
    this.indexBits = indexBits;
    this.shifts = new int[indexBits.length];
    int shift = PhysicalMemory.PAGE_SHIFT;
    for (int level = indexBits.length - 1; level >= 0; level--) {
      shifts[level] = shift;
      shift += indexBits[level];
    }
    this.addressBits = shift;
  }

  /**
   * The mode that control registers describe.
   *
   * @param cr4 value of CR4 when the machine was stopped
   * @param longMode whether EFER.LMA was set
   */
  public static PagingMode of(long cr4, boolean longMode) {
    if (longMode) {
      return (cr4 & CR4_LA57) != 0 ? X64_LA57 : X64;
    }
    return (cr4 & CR4_PAE) != 0 ? PAE : X86;
  }

  /** Bytes of a pointer: 8 or 4. */
  public int pointerSize() {
    return pointerSize;
  }

  /** Bytes of a table entry: 8 or 4. */
  public int entrySize() {
    return entrySize;
  }

  /** Tables on the way from the directory table base to a 4 KiB page. */
  public int levels() {
    return indexBits.length;
  }

  /** Lowest address bit that {@code level} looks at; level 0 is the root. */
  public int shift(int level) {
    return shifts[level];
  }

  /** Entries of a table at {@code level}. */
  public int entries(int level) {
    return 1 << indexBits[level];
  }

  /** Which entry of its table at {@code level} covers {@code virtualAddress}. */
  public int index(int level, long virtualAddress) {
    return (int) (virtualAddress >>> shifts[level]) & ((1 << indexBits[level]) - 1);
  }

  /** Bits of an address that are translated: 32, 48 or 57. */
  public int addressBits() {
    return addressBits;
  }

  /** The directory table base without PCID and cache control bits. */
  public long dtb(long cr3) {
    return cr3 & dtbMask;
  }

  /** Physical address of the table or page that a present entry names. */
  public long frame(long entry) {
    return entry & frameMask;
  }

  /** Whether bit 7 of a present entry at {@code level} means a large page. */
  public boolean allowsLargePage(int level) {
    int shift = shifts[level];
    return switch (this) {
      case X86 -> shift == SHIFT_4_MIB;
      case PAE -> shift == SHIFT_2_MIB;
      case X64, X64_LA57 -> shift == SHIFT_2_MIB || shift == SHIFT_1_GIB;
    };
  }

  /** Physical address of the large page that a present entry at {@code level} names. */
  public long largeFrame(int level, long entry) {
    if (this == X86) {
      // PSE-36: bits 13 to 20 of the entry are bits 32 to 39 of the address.
      return (entry & 0xFFC0_0000L) | ((entry & 0x001F_E000L) << 19);
    }
    return entry & frameMask & -(1L << shifts[level]);
  }

  /**
   * The address as the walk uses it: 32-bit addresses without the sign extension that 64-bit code
   * gives them.
   */
  public long normalize(long virtualAddress) {
    boolean signExtended = virtualAddress == (int) virtualAddress;
    return pointerSize == 4 && signExtended ? virtualAddress & 0xFFFF_FFFFL : virtualAddress;
  }

  /** Whether a processor in this mode accepts the normalized address at all. */
  public boolean isCanonical(long virtualAddress) {
    if (pointerSize == 4) {
      return virtualAddress >>> 32 == 0;
    }
    int unused = 64 - addressBits;
    return (virtualAddress << unused) >> unused == virtualAddress;
  }

  /** The address with its highest translated bit copied upwards, as pointers have it. */
  public long canonical(long virtualAddress) {
    if (pointerSize == 4) {
      return virtualAddress & 0xFFFF_FFFFL;
    }
    int unused = 64 - addressBits;
    return (virtualAddress << unused) >> unused;
  }

  /** Whether the normalized address lies in the half that Windows keeps for the kernel. */
  public boolean isKernel(long virtualAddress) {
    return pointerSize == 4 ? (virtualAddress & 0x8000_0000L) != 0 : virtualAddress < 0;
  }
}
