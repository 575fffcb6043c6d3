package io.memlake.engine.objects.store;

/** How far the way to a page in the store could be followed. */
public enum StoredPageStatus {
  /** The page was located; and it decodes, once it was read. */
  OK("ok"),
  /** The tree of keys does not have the key. */
  NO_KEY("missing"),
  /** The entry of the key says that it is not valid now. */
  INVALID_KEY("missing"),
  /** A node of a tree on the way is not in the evidence or is damaged. */
  DAMAGED_TREE("missing"),
  /** The entry names a store that does not exist or cannot be read. */
  NO_STORE("missing"),
  /** The store does not have the key. */
  NOT_IN_STORE("missing"),
  /** The record of the page cannot be read. */
  NO_RECORD("missing"),
  /** Records refer to each other without an end. */
  ENDLESS_CHAIN("missing"),
  /** The record names a region that cannot be one, or a place outside it. */
  BAD_REGION("missing"),
  /** The bytes of the region are not in the evidence; they may be in a page file. */
  ABSENT_REGION("missing"),
  /** The store names an algorithm that is not known. */
  UNKNOWN_ALGORITHM("bad_data"),
  /** The bytes decode to another length than a page. */
  BAD_SIZE("bad_size"),
  /** The bytes are no stream of the algorithm. */
  BAD_DATA("bad_data");

  private final String text;

  StoredPageStatus(String text) {
    this.text = text;
  }

  /** What the table {@code compressed_pages} calls it: ok, bad_size, bad_data or missing. */
  public String text() {
    return text;
  }
}
