package io.memlake.engine.paging;

/** Receives the mappings of a place, the processes before the kernel. */
@FunctionalInterface
public interface MappingConsumer {

  /**
   * One mapping.
   *
   * @param place the frame number, or the page of the page file that was asked for
   * @param virtualAddress page-aligned address
   * @param flags see {@link MappingFlags}
   */
  void accept(long place, MappingOwner owner, long virtualAddress, int flags);
}
