package io.memlake.engine.symbols.store;

import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.compact.CompactSymbols;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The table inside the program, read once for all tasks of a process. */
final class EmbeddedSymbols {
  /** What reports call the table. */
  static final String SOURCE = "embedded";

  private static final String RESOURCE = "windows.mlsym";
  private static final Map<String, SoftReference<SymbolTable>> TABLES = new ConcurrentHashMap<>();
  private static CompactSymbols compact;

  private EmbeddedSymbols() {}

  static synchronized CompactSymbols compact() throws IOException {
    if (compact == null) {
      try (InputStream in = EmbeddedSymbols.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new FileNotFoundException("The program lacks its resource " + RESOURCE);
        }
        compact = CompactSymbols.open(SOURCE, in);
      }
    }
    return compact;
  }

  static Optional<SymbolTable> find(PdbId pdb) throws IOException {
    SoftReference<SymbolTable> held = TABLES.get(pdb.key());
    SymbolTable table = held == null ? null : held.get();
    if (table != null) {
      return Optional.of(table);
    }
    Optional<SymbolTable> found = compact().find(pdb);
    found.ifPresent(loaded -> TABLES.put(pdb.key(), new SoftReference<>(loaded)));
    return found;
  }
}
