package io.memlake.engine.paging;

import java.io.Serializable;

/**
 * Some neighbouring bits of a page-table entry.
 *
 * @param position number of the lowest bit
 * @param length how many bits
 */
public record BitField(int position, int length) implements Serializable {

  /** Checks that the bits lie inside an entry. */
  public BitField {
    if (position < 0 || length <= 0 || position + length > Long.SIZE) {
      throw new IllegalArgumentException(
          "No page-table entry has " + length + " bits at bit " + position);
    }
  }

  /** The bits as an unsigned number. */
  public long of(long entry) {
    return (entry >>> position) & (-1L >>> (Long.SIZE - length));
  }

  /** The bits where they stand, everything else zero. */
  public long mask() {
    return (-1L >>> (Long.SIZE - length)) << position;
  }

  /** The largest number that fits. */
  public long max() {
    return -1L >>> (Long.SIZE - length);
  }
}
