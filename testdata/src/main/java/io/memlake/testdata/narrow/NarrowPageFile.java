package io.memlake.testdata.narrow;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/** Page file 0 of a 32-bit machine, and the kernel's list of its page files. */
final class NarrowPageFile {
  private static final int PAGE = NarrowTables.PAGE;
  private static final long PAGES = 0x100;
  private static final String NAME = "\\??\\C:\\pagefile.sys";

  private final List<byte[]> pages = new ArrayList<>(List.of(new byte[PAGE]));

  /** Stores a page and returns its slot. */
  long add(byte[] page) {
    pages.add(page.clone());
    return pages.size() - 1L;
  }

  /** All bytes. */
  byte[] bytes() {
    byte[] bytes = new byte[pages.size() * PAGE];
    for (int i = 0; i < pages.size(); i++) {
      System.arraycopy(pages.get(i), 0, bytes, i * PAGE, PAGE);
    }
    return bytes;
  }

  /**
   * Writes the kernel's list.
   *
   * @param further addresses of entries for other page files
   */
  static void list(NarrowKernel kernel, List<Long> further) {
    KernelLayout layout = kernel.layout();
    StructLayout type = layout.struct("_MMPAGING_FILE");
    long at = kernel.pool().allocate("MmPF", type.size());
    kernel
        .space()
        .at(at, type)
        .set("Size", PAGES)
        .set("PageFileNumber", 0)
        .string("PageFileName", NAME, kernel.pool().allocate("MmPn", NAME.length() * 2 + 2));
    long array =
        layout.hasSymbol("MmPagingFile")
            ? kernel.address("MmPagingFile")
            : kernel.address("MiSystemPartition")
                + layout.struct("_MI_PARTITION").offset("Vp")
                + layout.struct("_MI_VISIBLE_PARTITION").offset("PagingFile");
    kernel.space().pointer(array, at);
    for (int i = 0; i < further.size(); i++) {
      kernel.space().pointer(array + (i + 1L) * Integer.BYTES, further.get(i));
    }
  }
}
