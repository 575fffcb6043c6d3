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
 * Says what else an image is when it is no 64-bit Windows with 4-level page tables: 32-bit, with or
 * without PAE, or 64-bit with five levels. Such machines are told and not opened.
 */
final class OtherModes {
  /** Windows keeps the first tables of its boot low in RAM. */
  private static final long SEARCHED_FRAMES = 4096;

  private static final int PAE_ENTRIES = 4;
  private static final int X86_SELF_MAP = 0xC00;
  private static final int FIRST_KERNEL_ENTRY = 256;
  private static final long PRESENT = 1;
  private static final long FRAME_MASK = 0x000F_FFFF_FFFF_F000L;
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private OtherModes() {}

  /**
   * Page tables of another mode that map the page which every Windows shares.
   *
   * @param root where they are
   * @param mode their mode
   */
  record Found(long root, PagingMode mode) {
    LocatorVote vote() {
      String what =
          switch (mode) {
            case X64_LA57 -> "a 64-bit Windows with 5-level page tables (LA57)";
            case PAE -> "a 32-bit Windows with PAE page tables";
            case X86 -> "a 32-bit Windows without PAE";
            case X64 -> "a 64-bit Windows";
          };
      return LocatorVote.rejected(
          "dtb.mode", root, "this is " + what + "; only 64-bit Windows with 4 levels is opened");
    }
  }

  static Optional<Found> in(PhysicalMemory memory, ImageHints hints) throws IOException {
    OptionalLong hint = hints.number(ImageHints.DTB);
    if (hint.isPresent()) {
      Optional<Found> found = recognize(memory, hint.getAsLong());
      if (found.isPresent()) {
        return found;
      }
    }
    byte[] page = new byte[PAGE];
    for (long pfn = 0; pfn < Math.min(SEARCHED_FRAMES, memory.endPfn()); pfn++) {
      long root = pfn << PhysicalMemory.PAGE_SHIFT;
      if (memory.read(root, page, 0, PAGE)
          && (isPae(page) || isX86(page, root) || hasSelfMap(page, root))) {
        Optional<Found> found = recognize(memory, root);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> recognize(PhysicalMemory memory, long root) throws IOException {
    return PagingModes.recognize(memory, root)
        .filter(mode -> mode != PagingMode.X64)
        .map(mode -> new Found(root, mode));
  }

  /** Four present entries without rights, and nothing behind them. */
  private static boolean isPae(byte[] page) {
    for (int i = 0; i < PAGE / Long.BYTES; i++) {
      long entry = LittleEndian.i64(page, i * Long.BYTES);
      boolean wanted =
          i < PAE_ENTRIES ? (entry & ~FRAME_MASK) == PRESENT && entry > PAGE : entry == 0;
      if (!wanted) {
        return false;
      }
    }
    return true;
  }

  private static boolean isX86(byte[] page, long root) {
    long entry = LittleEndian.u32(page, X86_SELF_MAP);
    return (entry & PRESENT) != 0 && (entry & 0xFFFF_F000L) == root;
  }

  private static boolean hasSelfMap(byte[] page, long root) {
    for (int i = FIRST_KERNEL_ENTRY; i < PAGE / Long.BYTES; i++) {
      long entry = LittleEndian.i64(page, i * Long.BYTES);
      if ((entry & PRESENT) != 0 && (entry & FRAME_MASK) == root) {
        return true;
      }
    }
    return false;
  }
}
