package io.memlake.engine.paging;

/**
 * Decides what an entry means. The order of the questions is the meaning: bits that one kind uses
 * for itself are other fields in the next.
 *
 * <p>All methods work on primitives and allocate nothing; {@link PteState} is the explaining form.
 */
public final class PteDecoder {
  private static final long VALID = 1;

  /** A control area is a kernel address of pool, so its upper 17 bits are ones. */
  private static final long FILE_BACKED_MASK = 0xFFFF_8000_0000_000FL;

  private static final long FILE_BACKED = 0xFFFF_8000_0000_0000L;

  /** Protection of memory that was committed and given back (MM_DECOMMIT). */
  private static final long DECOMMIT = 0x10;

  /** Protection of memory that is committed but may not be touched (MM_NOACCESS). */
  private static final long NO_ACCESS = 0x18;

  private PteDecoder() {}

  /** Whether the processor uses the entry. */
  public static boolean isValid(long entry) {
    return (entry & VALID) != 0;
  }

  /** What an entry of a page table says. */
  public static PteKind kindOf(long entry, PteLayout layout) {
    if (isValid(entry)) {
      return PteKind.HARDWARE;
    }
    if (entry == 0) {
      return PteKind.EMPTY;
    }
    if ((entry & layout.prototype()) != 0) {
      return prototypeKind(entry, layout);
    }
    if ((entry & layout.transition()) != 0) {
      return PteKind.TRANSITION;
    }
    return layout.fileBacked() && (entry & FILE_BACKED_MASK) == FILE_BACKED
        ? PteKind.FILE_BACKED
        : softwareKind(entry, layout);
  }

  /**
   * What an entry inside an array of prototype entries says. There the prototype bit means that the
   * page comes from a file.
   */
  public static PteKind kindOfPrototype(long entry, PteLayout layout) {
    if (isValid(entry)) {
      return PteKind.HARDWARE;
    }
    if (entry == 0) {
      return PteKind.EMPTY;
    }
    boolean prototype = (entry & layout.prototype()) != 0;
    if (layout.fileBacked()
        && (entry & FILE_BACKED_MASK) == FILE_BACKED
        && !(prototype && layout.prototypeAddress().isLookup(entry))) {
      // Asked first: what looks like the prototype or transition bit may be part of the address.
      return PteKind.FILE_BACKED;
    }
    if (prototype) {
      return PteKind.SUBSECTION;
    }
    return (entry & layout.transition()) != 0 ? PteKind.TRANSITION : softwareKind(entry, layout);
  }

  private static PteKind prototypeKind(long entry, PteLayout layout) {
    long meant = layout.unswizzle(entry);
    PteAddress address = layout.prototypeAddress();
    // The marker is written with the swizzle bit clear and yet not inverted on real systems.
    if (address.isLookup(entry) || address.isLookup(meant)) {
      return PteKind.VAD_LOOKUP;
    }
    return isPrototypeAddress(address.of(meant), address) ? PteKind.PROTOTYPE : PteKind.UNKNOWN;
  }

  private static boolean isPrototypeAddress(long address, PteAddress form) {
    boolean kernel = form == PteAddress.X64 ? address < 0 : (address & 0x8000_0000L) != 0;
    int alignment = form == PteAddress.X64 || form == PteAddress.PAE ? 8 : 4;
    return kernel && (address & (alignment - 1)) == 0;
  }

  private static PteKind softwareKind(long entry, PteLayout layout) {
    // Asked before the mask is applied: an entry that holds nothing but protection is not inverted,
    // and would otherwise turn into an offset in page file 0.
    if (pageFile(entry, layout) == 0 || pageFile(layout.unswizzle(entry), layout) == 0) {
      return layout.protection().of(entry) == DECOMMIT ? PteKind.DECOMMITTED : PteKind.DEMAND_ZERO;
    }
    BitField offset = layout.pageFileOffset();
    return offset.of(entry) == offset.max() || offset.of(layout.unswizzle(entry)) == offset.max()
        ? PteKind.VAD_LOOKUP
        : PteKind.PAGE_FILE;
  }

  private static long pageFile(long entry, PteLayout layout) {
    return layout.pageFileOffset().of(entry) | layout.pageFileNumber().of(entry);
  }

  /** Frame number of a {@link PteKind#TRANSITION} entry. */
  public static long transitionPfn(long entry, PteLayout layout) {
    return layout.transitionFrame().of(layout.unswizzle(entry));
  }

  /** Address of the prototype entry that a {@link PteKind#PROTOTYPE} entry names. */
  public static long prototypeAddress(long entry, PteLayout layout) {
    return layout.prototypeAddress().of(layout.unswizzle(entry));
  }

  /** Address of the subsection that a {@link PteKind#SUBSECTION} entry names. */
  public static long subsectionAddress(long entry, PteLayout layout) {
    return layout.subsectionAddress().of(layout.unswizzle(entry));
  }

  /** Number of the page file of a {@link PteKind#PAGE_FILE} entry, 0 to 15. */
  public static int pageFileNumber(long entry, PteLayout layout) {
    return (int) layout.pageFileNumber().of(layout.unswizzle(entry));
  }

  /** Offset in the page file of a {@link PteKind#PAGE_FILE} entry, in pages. */
  public static long pageFileOffset(long entry, PteLayout layout) {
    return layout.pageFileOffset().of(layout.unswizzle(entry));
  }

  /** Windows protection value (0 to 31) of an entry that is not valid. */
  public static int protection(long entry, PteLayout layout) {
    BitField field =
        (entry & layout.prototype()) != 0 ? layout.prototypeProtection() : layout.protection();
    return (int) field.of(entry);
  }

  /** Whether a protection value forbids every access. */
  public static boolean isNoAccess(int protection) {
    return (protection & NO_ACCESS) == NO_ACCESS && (protection & 7) == 0;
  }
}
