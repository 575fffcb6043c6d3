package io.memlake.engine.paging.pagefile;

import java.io.IOException;

/**
 * Pages by page-file number and offset, which is all that a page-table entry says about a page that
 * left RAM. The compressed store has a number, too.
 */
public interface PageSlots {
  /** Page files have numbers below this: an entry has four bits for them. */
  int MAX_NUMBERS = 16;

  /** Holds nothing. */
  PageSlots NONE = (number, page, target, offset) -> SlotState.NO_FILE;

  /**
   * Reads a whole page.
   *
   * @param number number of the page file, 0 to 15
   * @param page offset in the page file in pages of 4 KiB, unsigned 32 bits
   * @return {@link SlotState#PRESENT} when {@code target} has the page; else why not, and {@code
   *     target} is undefined in range
   * @throws IOException when the medium fails
   */
  SlotState read(int number, long page, byte[] target, int offset) throws IOException;
}
