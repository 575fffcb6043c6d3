package io.memlake.engine.objects.pool;

import java.io.IOException;

/** Pages outside RAM that were scanned: slots of a page file, or pages of the compressed store. */
public interface ScannedLayer {
  /** As the column {@code layer} has it. */
  String name();

  /** Path that leads back to an address of this layer. */
  String path(long address);

  /** Reads bytes inside one page, all or nothing. */
  boolean read(long address, byte[] target, int offset, int length) throws IOException;

  /**
   * Where the kernel's own tables map a page, by the number of the page in this layer.
   *
   * @return {@link io.memlake.engine.paging.AddressSpace#ABSENT} when they do not
   */
  long kernelVirtualAddress(long page);
}
