package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.objects.store.PagingFile.Kind;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SharedSymbols;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.SymbolTableBuilder;
import io.memlake.engine.symbols.isf.IsfReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingFileTableTest {
  private static final long BASE = 0xFFFF_F804_7BA0_0000L;
  private static final long POOL = 0xFFFF_C000_0000_0000L;

  @ParameterizedTest
  @CsvSource({
    "E68EBE9258E74638B1E2C94F4EEA6B04-1, 0x1880", // 14393
    "0CE4A95C0CD782A7596B034D8648E585-1, 0x4140" // 22000
  })
  void theKernelsListTellsFilesFromTheStore(String pdb, String partition) throws IOException {
    SymbolTable symbols = symbols(pdb);
    SparseMemory kernel = new SparseMemory(8);
    long array = BASE + symbols.symbol("MiSystemPartition") + Integer.decode(partition) + 0x20;
    pagingFile(kernel, array, 0, 0xFFA0, "\\??\\C:\\pagefile.sys", 0x100000);
    pagingFile(kernel, array, 1, 0x0091, "\\??\\C:\\swapfile.sys", 0x4000);
    pagingFile(kernel, array, 2, 0x0042, "", 0x7FFF_FFFFL);
    PagingFileTable table = PagingFileTable.read(kernel, BASE, symbols);
    assertThat(table.files())
        .containsExactly(
            new PagingFile(0, Kind.PAGE_FILE, "\\??\\C:\\pagefile.sys", 0x100000),
            new PagingFile(1, Kind.SWAP_FILE, "\\??\\C:\\swapfile.sys", 0x4000),
            new PagingFile(2, Kind.STORE, "", 0x7FFF_FFFFL));
  }

  @Test
  void windows7HasAListWithoutKinds() throws IOException {
    SymbolTable symbols = symbols(SharedSymbols.WINDOWS_7_SP1);
    SparseMemory kernel = new SparseMemory(8);
    long array = BASE + symbols.symbol("MmPagingFile");
    long file = POOL;
    kernel.write(file, new byte[144]);
    kernel.write(array, new byte[128]);
    kernel.number(array, 8, file);
    kernel.number(file, 8, 0x50000);
    kernel.number(file + 0x74, 2, 3);
    PagingFileTable table = PagingFileTable.read(kernel, BASE, symbols);
    assertThat(table.files()).containsExactly(new PagingFile(3, Kind.PAGE_FILE, "", 0x50000));
    assertThat(table.storeNumber()).isEmpty();
  }

  @Test
  void whatIsNotInTheEvidenceIsLeftOut() throws IOException {
    SymbolTable none = new SymbolTableBuilder("x", new PdbId("n.pdb", "AB", 1), 8).build();
    assertThat(PagingFileTable.read(new SparseMemory(8), BASE, none).files()).isEmpty();

    SymbolTable symbols = symbols(SharedSymbols.WINDOWS_10_20H2);
    assertThat(PagingFileTable.read(new SparseMemory(8), BASE, symbols).files()).isEmpty();
    SparseMemory kernel = new SparseMemory(8);
    long array = BASE + symbols.symbol("MiSystemPartition") + 0x1B00 + 0x20;
    pagingFile(kernel, array, 0, 0, "", -1);
    pagingFile(kernel, array, 1, 0x42, "", 10);
    kernel.number(array + 3 * 8, 8, 0x1234);
    assertThat(PagingFileTable.read(kernel, BASE, symbols).storeNumber()).hasValue(2);
    assertThat(PagingFileTable.read(kernel, BASE, symbols).files()).hasSize(1);
  }

  private static void pagingFile(
      SparseMemory kernel, long array, int slot, int bits, String name, long pages) {
    long file = POOL + slot * 0x1000L;
    kernel.write(file, new byte[0x400]);
    kernel.number(array + slot * 8L, 8, file);
    kernel.number(file, 8, pages);
    kernel.number(file + 0xCC, 2, bits);
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    kernel.number(file + 0x60, 2, text.length);
    kernel.number(file + 0x68, 8, text.length == 0 ? 0 : file + 0x200);
    kernel.write(file + 0x200, text);
  }

  private static SymbolTable symbols(String pdb) throws IOException {
    try (ByteSource source = FileByteSource.open(SharedSymbols.kernel(pdb))) {
      return IsfReader.read(source);
    }
  }
}
