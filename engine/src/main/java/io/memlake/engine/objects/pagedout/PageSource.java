package io.memlake.engine.objects.pagedout;

/** Where Windows has a page. */
public enum PageSource {
  /** In a frame that the processor finds. */
  FRAME,
  /** In a frame on the standby or modified list. */
  TRANSITION,
  /** In a page file or swap file. */
  PAGE_FILE,
  /** In the compressed store. */
  STORE,
  /** Nowhere: it was never touched and reads as zeros. */
  ZERO,
  /** In a file on disk. */
  FILE,
  /** Nowhere, or nobody knows. */
  NONE
}
