package io.memlake.testdata.store;

/** How the manager's tree of keys lists a page. */
public enum StoreListing {
  /** As usual. */
  LISTED,
  /** With an entry that is marked as not valid. */
  MARKED_INVALID,
  /** Not at all: only the store itself knows the page. */
  UNLISTED
}
