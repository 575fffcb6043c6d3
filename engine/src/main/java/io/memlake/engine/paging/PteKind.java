package io.memlake.engine.paging;

/** What a page-table entry says about its page. */
public enum PteKind {
  /** Valid: the processor finds the page in a frame. */
  HARDWARE,
  /** Not valid, but the page still is in its frame, on the standby or modified list. */
  TRANSITION,
  /** The entry points to a prototype entry in kernel memory. */
  PROTOTYPE,
  /** The address descriptor (VAD) of the range must be asked for the prototype entry. */
  VAD_LOOKUP,
  /** The page is in a page file or in the compressed store that poses as one. */
  PAGE_FILE,
  /** Committed, never touched: Windows would give a page of zeros. */
  DEMAND_ZERO,
  /** Given back by the program; the address has no memory until it is committed again. */
  DECOMMITTED,
  /** A prototype entry that names the subsection of a file: the page must come from the file. */
  SUBSECTION,
  /** A prototype entry of Windows 11 22H2 and later that names a control area. */
  FILE_BACKED,
  /** All zero: nothing here, or the address descriptor of the range knows. */
  EMPTY,
  /** A prototype entry whose address cannot be one: smear, or no table at all. */
  UNKNOWN
}
