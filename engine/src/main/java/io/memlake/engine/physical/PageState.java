package io.memlake.engine.physical;

/**
 * What the evidence says about a frame. Only {@link #PRESENT} and {@link #ZERO} have all their
 * bytes; the other states are kept apart because each means something else to an examiner.
 */
public enum PageState {
  /** The bytes are in the file. */
  PRESENT,
  /** The format says that the frame is all zero without storing it. */
  ZERO,
  /** The acquirer tried to read the frame, failed, and recorded that. */
  UNREADABLE,
  /** No run holds the frame: a device hole, or a page the format leaves out by its type. */
  NOT_DUMPED,
  /**
   * A run promises the frame, but the file ends before it or the run inside it. What is stored of a
   * frame that was cut can be read; the rest of it reads as zeros.
   */
  TRUNCATED;

  /** Whether all bytes of the frame can be had. */
  public boolean readable() {
    return this == PRESENT || this == ZERO;
  }
}
