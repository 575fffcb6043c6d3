package io.memlake.engine.objects.pool;

import io.memlake.engine.paging.AddressSpace;

/** Under which address the kernel's own tables map a frame: the part of the reverse map needed. */
@FunctionalInterface
public interface KernelAddresses {
  /** Nothing is known to be mapped; every object is seen through its frame alone. */
  KernelAddresses UNKNOWN = pfn -> AddressSpace.ABSENT;

  /**
   * Virtual address of the first byte of a frame.
   *
   * @return {@link AddressSpace#ABSENT} when the kernel does not map it
   */
  long kernelVirtualAddress(long pfn);
}
