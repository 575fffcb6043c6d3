package io.memlake.engine.paging;

import java.util.Optional;

/**
 * Tells the layout of entries from the entries themselves, for kernels without symbols: a visitor
 * of {@link PageTableWalker} under any layout.
 *
 * <p>Two facts are told. Kernels since the August 2018 updates set bit 4 in most entries and keep
 * the page-file number in bits 12 to 15, which older ones leave zero. And an entry in transition
 * whose swizzle bit is clear has the bits of {@code InvalidPteMask} set, which lie above all RAM.
 */
public final class PteLayoutEstimate implements MappingVisitor {
  /** Fewer entries than this prove nothing. */
  static final int MIN_ENTRIES = 32;

  /** So few are enough when none contradicts: smear would not agree. */
  static final int MIN_UNANIMOUS_ENTRIES = 8;

  private static final long PROTOTYPE_OR_TRANSITION = 0xC00;
  private static final long TRANSITION = 0x800;
  private static final long SWIZZLE = 0x10;
  private static final BitField OLD_NUMBER = new BitField(1, 4);
  private static final BitField NEW_NUMBER = new BitField(12, 4);
  private static final BitField OFFSET = new BitField(32, 32);
  private static final BitField FRAME = new BitField(12, 40);

  /** Windows has up to three page files by default: pagefile.sys, swapfile.sys and the store. */
  private static final int USUAL_NUMBERS = 3;

  private final long endPfn;
  private final long[] frameBits = new long[Long.SIZE];
  private long beforeSwizzle;
  private long sinceSwizzle;
  private long framesAboveRam;

  /**
   * An estimate for a machine.
   *
   * @param endPfn the first frame number after all RAM
   */
  public PteLayoutEstimate(long endPfn) {
    this.endPfn = endPfn;
  }

  @Override
  public void frames(long virtualAddress, long firstPfn, long pages, int flags) {}

  @Override
  public void pageFile(long virtualAddress, int number, long firstPage, long pages, int flags) {}

  @Override
  public void invalidEntry(long virtualAddress, long entry, PteKind kind) {
    long type = entry & PROTOTYPE_OR_TRANSITION;
    if (type == TRANSITION && (entry & SWIZZLE) == 0) {
      voteForMask(entry);
    } else if (type == 0) {
      voteForAge(entry);
    }
  }

  /**
   * Whether entries have a swizzle bit.
   *
   * @return empty when too few entries were seen, or when they disagree
   */
  public Optional<Boolean> hasSwizzleBit() {
    long votes = beforeSwizzle + sinceSwizzle;
    if (votes < MIN_ENTRIES || Math.max(beforeSwizzle, sinceSwizzle) * 4 < votes * 3) {
      return Optional.empty();
    }
    return Optional.of(sinceSwizzle > beforeSwizzle);
  }

  /**
   * The bits of {@code InvalidPteMask} that frame numbers show; 0 when too few entries were seen or
   * when the processor needs none.
   */
  public long invalidPteMask() {
    long mask = 0;
    boolean enough = framesAboveRam >= MIN_ENTRIES;
    if (enough || framesAboveRam >= MIN_UNANIMOUS_ENTRIES) {
      long votes = enough ? framesAboveRam * 9 : framesAboveRam * 10;
      for (int bit = 0; bit < Long.SIZE; bit++) {
        // Smear puts other bits into some entries; the mask is in all.
        if (frameBits[bit] * 10 >= votes) {
          mask |= 1L << bit;
        } else if (frameBits[bit] > 0 && !enough) {
          return 0;
        }
      }
    }
    return mask;
  }

  private void voteForMask(long entry) {
    long pfn = FRAME.of(entry);
    if (pfn < endPfn) {
      return;
    }
    framesAboveRam++;
    long highBits = entry & FRAME.mask() & -(Long.highestOneBit(endPfn) << 13);
    for (long left = highBits; left != 0; left &= left - 1) {
      frameBits[Long.numberOfTrailingZeros(left)]++;
    }
  }

  private void voteForAge(long entry) {
    long offset = OFFSET.of(entry);
    if (offset == 0 || offset == OFFSET.max()) {
      return;
    }
    long newNumber = NEW_NUMBER.of(entry);
    if ((entry & SWIZZLE) != 0 || (newNumber > 0 && newNumber < USUAL_NUMBERS)) {
      sinceSwizzle++;
    } else if (newNumber == 0 && OLD_NUMBER.of(entry) < USUAL_NUMBERS) {
      beforeSwizzle++;
    }
  }
}
