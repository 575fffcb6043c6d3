package io.memlake.engine.scan;

/** Takes what a chunk scan finds, in rising order of frames. */
public interface ChunkSink {

  /** A frame with bytes. */
  void page(long pfn, PageKind kind, long hash, long hash2);

  /** A pool header with a wanted tag, at a physical address. */
  void poolHeader(long physicalAddress, int tag);

  /**
   * A place where something larger may begin.
   *
   * @param address of its first byte
   */
  default void carved(CarveKind kind, long address) {}

  /** A frame of a readable run whose bytes could not be had: the file shrank or is damaged. */
  void lost(long pfn);
}
