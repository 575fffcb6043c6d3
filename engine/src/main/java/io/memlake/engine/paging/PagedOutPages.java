package io.memlake.engine.paging;

import java.io.IOException;

/**
 * Where pages are that left RAM: page files, the compressed store, prototype entries. Declared
 * here, implemented by layers that know Windows.
 */
public interface PagedOutPages {

  /** Finds nothing. */
  PagedOutPages NONE = (space, virtualAddress, pte, target, offset) -> false;

  /**
   * Reads the whole page that a non-present leaf entry stands for.
   *
   * @param space the address space whose tables hold the entry
   * @param virtualAddress page-aligned address of the page; when a page table itself is in a page
   *     file, the lowest address that the table covers
   * @param pte the entry as it stands in the table; 0 when the tables hold none (a VAD may know)
   * @return false when the page cannot be had
   * @throws IOException when the medium fails
   */
  boolean readPage(AddressSpace space, long virtualAddress, long pte, byte[] target, int offset)
      throws IOException;
}
