package io.memlake.engine.paging.pagefile;

import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;

/**
 * Tells whether a page file belongs to the boot of an image, from what the image says about single
 * slots. A foreign file is said, never merged: its pages would be bytes that the machine never had.
 *
 * <p>Evidence, strongest first: pages that are still in a frame and have a copy in the file (the
 * frame's {@code _MMPFN.OriginalPte} names the slot), entries that lead behind the end of the file,
 * and slots that Windows filled but that are empty in the file.
 */
public final class PageFileCheck {
  /** Copies to compare before they decide. */
  private static final int ENOUGH_COPIES = 4;

  /** Entries that say where a page should be, before their share decides. */
  private static final int ENOUGH_REFERENCES = 64;

  private final PageFile file;
  private final byte[] page = new byte[PhysicalMemory.PAGE_SIZE];
  private long equalCopies;
  private long otherCopies;
  private long filled;
  private long empty;
  private long outside;

  /** What was concluded. */
  public enum Verdict {
    /** Copies in RAM are equal to the file. */
    FITS,
    /** Nothing speaks against the file, and nothing was found that could speak for it. */
    UNVERIFIED,
    /** The file is of another machine or another start of Windows. */
    FOREIGN
  }

  /** Starts without evidence. */
  public PageFileCheck(PageFile file) {
    this.file = file;
  }

  /** An entry of a page table says that a page is in this slot. */
  public void reference(long slot) throws IOException {
    if (!file.readPage(slot, page, 0)) {
      outside++;
    } else if (PageFileSample.isZero(page)) {
      empty++;
    } else {
      filled++;
    }
  }

  /**
   * A frame holds an unmodified page whose copy is in this slot. Frames of zeros prove nothing and
   * are left out.
   */
  public void copy(long slot, byte[] frame, int offset) throws IOException {
    if (!file.readPage(slot, page, 0)) {
      outside++;
    } else if (Arrays.equals(
        page, 0, page.length, frame, offset, offset + PhysicalMemory.PAGE_SIZE)) {
      equalCopies += PageFileSample.isZero(page) ? 0 : 1;
    } else {
      otherCopies++;
    }
  }

  /** The conclusion from the evidence so far. */
  public Verdict verdict() {
    if (equalCopies + otherCopies >= ENOUGH_COPIES) {
      // Smear makes some copies differ; in a foreign file next to all do.
      return equalCopies * 4 >= equalCopies + otherCopies ? Verdict.FITS : Verdict.FOREIGN;
    }
    long references = filled + empty + outside;
    if (references >= ENOUGH_REFERENCES
        && (outside * 2 > references || (empty + outside) * 10 > references * 9)) {
      return Verdict.FOREIGN;
    }
    return Verdict.UNVERIFIED;
  }

  /** The evidence in one sentence, for reports. */
  public String reason() {
    return String.format(
        java.util.Locale.ROOT,
        "%s: %d of %d pages in RAM are equal to their copy; of %d further slots in use %d are empty"
            + " and %d lie behind the end of the file",
        file.name(),
        equalCopies,
        equalCopies + otherCopies,
        filled + empty + outside,
        empty,
        outside);
  }
}
