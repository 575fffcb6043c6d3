package io.memlake.engine.symbols.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.MemorySource;
import java.io.IOException;

/** Any bytes end with a table or {@link CorruptSymbolsException}; seeds are named by defect. */
class PdbFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void pdb(byte[] data) throws IOException {
    try {
      PdbReader.read(new MemorySource("fuzz", data));
    } catch (CorruptSymbolsException e) {
      if (!e.getMessage().startsWith("Cannot use symbols fuzz: ")) {
        throw new AssertionError("A message without the file", e);
      }
    }
  }
}
