package io.memlake.testdata.store;

/** Where structures are written to: one address space. */
@FunctionalInterface
public interface StoreMemory {
  /** Writes bytes, after mapping the pages they touch where they are not mapped yet. */
  void write(long virtualAddress, byte[] bytes);
}
