package io.memlake.engine.paging;

/**
 * Receives what {@link PageTableWalker} finds, in rising order of addresses within each kind. Pages
 * that follow each other in address and place, with equal flags, arrive as one run.
 */
public interface MappingVisitor {

  /**
   * Pages that have frames.
   *
   * @param virtualAddress address of the first page
   * @param firstPfn its frame; the others follow
   * @param pages how many, in units of 4 KiB also for large pages
   * @param flags see {@link MappingFlags}
   */
  void frames(long virtualAddress, long firstPfn, long pages, int flags);

  /**
   * Pages that are in a page file, or in the compressed store that poses as one.
   *
   * @param number which page file, 0 to 15
   * @param firstPage offset of the first page in it, in pages
   */
  void pageFile(long virtualAddress, int number, long firstPage, long pages, int flags);

  /**
   * A table of this address space.
   *
   * @param virtualAddress lowest address that it covers
   * @param pfn the frame of the table
   * @param level 0 for the root
   */
  default void table(long virtualAddress, long pfn, int level) {}

  /**
   * A leaf entry that is neither valid nor zero, before the run it may belong to is told. For
   * statistics over raw entries.
   */
  default void invalidEntry(long virtualAddress, long entry, PteKind kind) {}
}
