package io.memlake.engine.symbols.isf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.SymbolTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes end with a table or {@link CorruptSymbolsException}; seeds are named by defect. */
class IsfFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void isf(byte[] data) throws IOException {
    try {
      SymbolTable table = IsfReader.read("fuzz", new ByteArrayInputStream(data));
      for (String name : table.structNames()) {
        table.struct(name).fields().keySet().forEach(table.struct(name)::findBits);
      }
    } catch (CorruptSymbolsException e) {
      if (!e.getMessage().startsWith("Cannot use symbols fuzz: ")) {
        throw new AssertionError("A message without the file", e);
      }
    }
  }
}
