package io.memlake.testdata.narrow;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;

/**
 * The compressed store of a 32-bit Windows 10: XPRESS, its manager in the kernel's data, its trees
 * in the pool, its regions in the user half of MemCompression.
 */
final class NarrowStore {
  private static final int NUMBER = 2;
  private static final int FIRST_SLOT = 0x40;
  private static final long PAGES = 1 << 18;
  private static final long REGIONS = 0x1000_0000L;

  /** In the kernel's data, where none of its variables is. No symbol tells it. */
  private static final long GLOBALS = 0x12_F000L;

  private final NarrowKernel kernel;
  private final long pool;
  private final CompressedStoreWriter writer;
  private int slot = FIRST_SLOT;

  /**
   * An empty store.
   *
   * @param memCompression the process that has the regions
   * @param pool kernel memory for its structures
   */
  NarrowStore(NarrowKernel kernel, NarrowProcess memCompression, long pool) {
    this.kernel = kernel;
    this.pool = pool;
    this.writer =
        new CompressedStoreWriter(
                StoreFormat.of(kernel.layout().build(), false),
                kernel.space()::write,
                memCompression.space()::write)
            .pageFileNumber(NUMBER)
            .owner(memCompression.eprocess());
  }

  /** Takes a page; returns what page-table entries say of it. */
  long add(byte[] page, NarrowEntries entries) {
    writer.add(0, slot, page);
    return entries.pageFile(NUMBER, slot++);
  }

  /**
   * Writes the store.
   *
   * @return address of its entry for the kernel's list of page files
   */
  long write() {
    writer.write(
        kernel.address("PsActiveProcessHead")
            - kernel.layout().symbol("PsActiveProcessHead")
            + GLOBALS,
        pool,
        REGIONS);
    StructLayout type = kernel.layout().struct("_MMPAGING_FILE");
    long file = kernel.pool().allocate("MmPF", type.size());
    kernel
        .space()
        .at(file, type)
        .set("Size", PAGES)
        .set("PageFileNumber", NUMBER)
        .set("VirtualStorePagefile", 1);
    return file;
  }
}
