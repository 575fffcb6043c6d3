package io.memlake.engine.paging.pagefile;

/** What became of a page that an entry says is in a page file. */
public enum SlotState {
  /** The page was read. */
  PRESENT,
  /** No file with this number was given. */
  NO_FILE,
  /** The file ends before the page. */
  TRUNCATED,
  /** The file with this number is of another machine or another start of Windows. */
  FOREIGN,
  /** The compressed store has no usable record of the page. */
  NOT_IN_STORE
}
