package io.memlake.engine.symbols.compact;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.ByteSourceInputStream;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled symbol table. Opening it reads the catalog only; layouts are unpacked with the first
 * table, symbols with the table of their line. Safe to share between threads.
 */
public final class CompactSymbols {
  private final String file;
  private final byte[][] sections;
  private final byte[][] groups;
  private final List<CatalogEntry> entries = new ArrayList<>();
  private final Map<String, CatalogEntry> byKey = new HashMap<>();
  private LayoutPool pool;
  private String[] symbolNames;

  private CompactSymbols(String file, byte[][] sections) throws CorruptSymbolsException {
    this.file = file;
    this.sections = sections;
    this.groups = new byte[sections.length - CompactFormat.FIRST_GROUP][];
    CompactInput in = CompactFormat.unpack(file, sections[CompactFormat.CATALOG]);
    int count = in.countOfFollowing();
    for (int i = 0; i < count; i++) {
      CatalogEntry entry = CatalogEntry.read(in, sections.length - CompactFormat.FIRST_GROUP);
      entries.add(entry);
      byKey.putIfAbsent(entry.known().pdb().key(), entry);
    }
  }

  /**
   * Reads a compiled table; the caller closes {@code source}.
   *
   * @throws CorruptSymbolsException when it is none or broken
   * @throws IOException when it cannot be read
   */
  public static CompactSymbols open(ByteSource source) throws IOException {
    return open(source.name(), new ByteSourceInputStream(source));
  }

  /**
   * Reads a compiled table from a stream; the caller closes it.
   *
   * @param name what messages and tables call the file
   * @throws CorruptSymbolsException when it is none or broken
   * @throws IOException when it cannot be read
   */
  public static CompactSymbols open(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(CompactFormat.MAX_FILE_BYTES + 1);
    if (bytes.length > CompactFormat.MAX_FILE_BYTES) {
      throw new CorruptSymbolsException(name, "it is larger than a compiled table can be");
    }
    return new CompactSymbols(name, CompactFormat.split(name, bytes));
  }

  /** What the table knows, in the order of names and versions. */
  public List<KnownKernel> known() {
    return entries.stream().map(CatalogEntry::known).toList();
  }

  /**
   * Structures and symbols of one binary; GUID and age decide, not the name.
   *
   * @return empty when the table does not know it
   * @throws CorruptSymbolsException when the file turns out broken
   */
  public Optional<SymbolTable> find(PdbId pdb) throws CorruptSymbolsException {
    CatalogEntry entry = byKey.get(pdb.key());
    if (entry == null) {
      return Optional.empty();
    }
    CompactInput in = new CompactInput(file, group(entry.group()), 0);
    Map<String, Long> symbols = SymbolGroup.read(in, symbolNames(), entry.member());
    return Optional.of(new CompactSymbolTable(file, entry, true, pool(entry), symbols));
  }

  /**
   * The structures of a known binary, lent to one that is not known; without symbols, whose
   * addresses change with every update.
   *
   * @param source what the table calls itself: which build lent to which
   * @throws CorruptSymbolsException when the file turns out broken
   */
  public Optional<SymbolTable> layoutsOnly(PdbId pdb, String source)
      throws CorruptSymbolsException {
    CatalogEntry entry = byKey.get(pdb.key());
    return entry == null
        ? Optional.empty()
        : Optional.of(new CompactSymbolTable(source, entry, false, pool(entry), Map.of()));
  }

  /** Trying all builds of a line one after the other must not unpack the line for each. */
  private synchronized byte[] group(int index) throws CorruptSymbolsException {
    if (groups[index] == null) {
      CompactInput in = CompactFormat.unpack(file, sections[CompactFormat.FIRST_GROUP + index]);
      groups[index] = in.bytes(in.remaining());
    }
    return groups[index];
  }

  private synchronized LayoutPool pool(CatalogEntry entry) throws CorruptSymbolsException {
    if (pool == null) {
      pool = LayoutPool.read(CompactFormat.unpack(file, sections[CompactFormat.LAYOUTS]));
    }
    if (entry.set() >= pool.setCount()) {
      throw new CorruptSymbolsException(file, "its catalog names layouts that it does not have");
    }
    return pool;
  }

  private synchronized String[] symbolNames() throws CorruptSymbolsException {
    if (symbolNames == null) {
      symbolNames = CompactFormat.unpack(file, sections[CompactFormat.SYMBOL_NAMES]).names();
    }
    return symbolNames;
  }
}
