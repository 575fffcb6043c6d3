package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.FrameMap;
import io.memlake.engine.symbols.SharedSymbols;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.isf.IsfReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A real Windows 10 kernel that ran without a page file: its list of page files is there and empty,
 * and the page of {@code SmGlobals} is not in the dump.
 */
class RealKernelStoreTest {
  private static final long KERNEL_BASE = 0xFFFF_F804_7BA0_0000L;
  private static final long PAGE_FILE_COUNT = 0x1B00 + 0x18;

  @Test
  void nothingIsInventedWhereThereIsNoStore() throws IOException {
    byte[] raw = Files.readAllBytes(SampleData.file("images/w10-19041.804.raw"));
    FrameMap frames = new FrameMap();
    for (int at = 0; at + 4096 <= raw.length; at += 4096) {
      System.arraycopy(raw, at, frames.frame(at >>> 12), 0, 4096);
    }
    PagedAddressSpace kernel =
        AddressSpaces.x64(frames, 0x1AD000, PteLayout.x64(0), PagedOutPages.NONE);
    SymbolTable symbols;
    try (ByteSource source =
        FileByteSource.open(SharedSymbols.kernel(SharedSymbols.WINDOWS_10_20H2))) {
      symbols = IsfReader.read(source);
    }
    long partition = KERNEL_BASE + symbols.symbol("MiSystemPartition");
    assertThat(new KernelPointers(kernel, 8).number(partition + PAGE_FILE_COUNT)).isZero();
    assertThat(PagingFileTable.read(kernel, KERNEL_BASE, symbols).files()).isEmpty();

    StoreSelection selection =
        StoreSelection.discover(kernel, KERNEL_BASE, kernel, 19041, Optional.of(symbols));
    assertThat(selection.choice()).isEmpty();
    assertThat(selection.trials()).isEmpty();
  }
}
