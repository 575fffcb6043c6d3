package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.paging.PagingModes;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says when an image is of a 64-bit Windows whose page tables have five levels. Such machines are
 * told and not opened.
 */
final class FiveLevels {
  /** Windows keeps the first tables of its boot low in RAM. */
  private static final long SEARCHED_FRAMES = 4096;

  private static final int FIRST_KERNEL_ENTRY = 256;
  private static final long PRESENT = 1;
  private static final long FRAME_MASK = 0x000F_FFFF_FFFF_F000L;
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private FiveLevels() {}

  /** A judgement about tables with five levels that map the page which every Windows shares. */
  static Optional<LocatorVote> in(PhysicalMemory memory, ImageHints hints) throws IOException {
    OptionalLong hint = hints.number(ImageHints.DTB);
    if (hint.isPresent() && isRoot(memory, hint.getAsLong())) {
      return Optional.of(vote(hint.getAsLong()));
    }
    byte[] page = new byte[PAGE];
    for (long pfn = 0; pfn < Math.min(SEARCHED_FRAMES, memory.endPfn()); pfn++) {
      long root = pfn << PhysicalMemory.PAGE_SHIFT;
      if (memory.read(root, page, 0, PAGE) && mapsItself(page, root) && isRoot(memory, root)) {
        return Optional.of(vote(root));
      }
    }
    return Optional.empty();
  }

  private static LocatorVote vote(long root) {
    return LocatorVote.rejected(
        "dtb.mode",
        root,
        "this is a 64-bit Windows with 5-level page tables (LA57), which are not read yet; only"
            + " those with 4 levels and those of 32-bit Windows are");
  }

  private static boolean isRoot(PhysicalMemory memory, long root) throws IOException {
    return PagingModes.recognize(memory, root)
        .filter(mode -> mode == PagingMode.X64_LA57)
        .isPresent();
  }

  private static boolean mapsItself(byte[] page, long root) {
    for (int i = FIRST_KERNEL_ENTRY; i < PAGE / Long.BYTES; i++) {
      long entry = LittleEndian.i64(page, i * Long.BYTES);
      if ((entry & PRESENT) != 0 && (entry & FRAME_MASK) == root) {
        return true;
      }
    }
    return false;
  }
}
