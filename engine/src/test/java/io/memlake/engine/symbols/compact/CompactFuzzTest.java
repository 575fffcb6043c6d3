package io.memlake.engine.symbols.compact;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.SymbolTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Any bytes end with tables or {@link CorruptSymbolsException}; seeds are named by defect. */
class CompactFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void compiledTable(byte[] data) throws IOException {
    try {
      CompactSymbols symbols = CompactSymbols.open("fuzz", new ByteArrayInputStream(data));
      for (KnownKernel kernel : symbols.known()) {
        Optional<SymbolTable> table = symbols.find(kernel.pdb());
        table.ifPresent(found -> found.structNames().forEach(found::struct));
      }
    } catch (CorruptSymbolsException e) {
      if (!e.getMessage().startsWith("Cannot use symbols fuzz: ")) {
        throw new AssertionError("A message without the file", e);
      }
    }
  }
}
