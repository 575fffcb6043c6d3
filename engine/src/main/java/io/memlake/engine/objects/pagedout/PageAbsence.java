package io.memlake.engine.objects.pagedout;

/** Why a page of an address space cannot be had. */
public enum PageAbsence {
  /** Neither the tables nor a descriptor know the address. */
  NOT_MAPPED("nothing is mapped there"),
  /** Address space was set aside, but no memory. */
  RESERVED("reserved, not committed"),
  /** The program gave the memory back. */
  DECOMMITTED("given back by the program"),
  /** A page table on the way is not in the evidence. */
  TABLE_MISSING("a page table is not in the evidence"),
  /** The entry names a frame that is not in the evidence. */
  FRAME_MISSING("its frame is not in the evidence"),
  /** The array of prototype entries is not in the evidence. */
  PROTOTYPE_MISSING("its prototype entry is not in the evidence"),
  /** A descriptor should know the page, but the tree of descriptors is damaged. */
  DESCRIPTOR_MISSING("its address descriptor is not in the evidence"),
  /** The page is in a page file that was not given. */
  PAGE_FILE_NOT_GIVEN("in a page file that was not given"),
  /** The page lies behind the end of the page file. */
  PAGE_FILE_TRUNCATED("behind the end of its page file"),
  /** The given page file is of another machine or another start of Windows. */
  PAGE_FILE_FOREIGN("in a page file that was given as one of another system"),
  /** The compressed store has no usable record of the page. */
  STORE_RECORD_MISSING("without usable record in the compressed store"),
  /** The contents are those of a file on disk, which Windows would have read. */
  FILE_BACKED("in a file on disk"),
  /** No host of the fleet that runs the module has the page. */
  ON_NO_HOST("on no host that runs the module"),
  /** The entry makes no sense. */
  UNKNOWN_ENTRY("its page-table entry makes no sense");

  private final String words;

  PageAbsence(String words) {
    this.words = words;
  }

  /** The reason as the end of a sentence about a page. */
  public String words() {
    return words;
  }
}
