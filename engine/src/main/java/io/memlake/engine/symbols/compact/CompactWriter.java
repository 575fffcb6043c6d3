package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.KernelVersion;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects symbol tables and writes them as one compiled table. */
public final class CompactWriter {
  private static final Comparator<Binary> ORDER =
      Comparator.<Binary, String>comparing(binary -> binary.known().pdb().name())
          .thenComparing(binary -> binary.known().version())
          .thenComparing(binary -> binary.known().pdb().key());

  private final LayoutCollector collector = new LayoutCollector();
  private final Map<LayoutCollector.Content, LayoutCollector.Content> contents = new HashMap<>();
  private final Map<String, Binary> binaries = new TreeMap<>();

  private record Binary(
      KnownKernel known,
      int pointerSize,
      LayoutCollector.Content content,
      Map<String, Long> symbols) {}

  /**
   * Adds all named types of {@code table} and the symbols that are in {@code wanted}.
   *
   * @return false when a table of the same GUID and age was added before; the first stays
   * @throws IllegalArgumentException when the table does not say which binary it describes
   */
  public boolean add(SymbolTable table, KernelVersion version, Set<String> wanted) {
    PdbId pdb = table.pdb();
    if (!pdb.guid().matches("[0-9A-F]{32}")) {
      throw new IllegalArgumentException(table.source() + " names no PDB GUID");
    }
    if (binaries.containsKey(pdb.key())) {
      return false;
    }
    LayoutCollector.Content content = collector.collect(table);
    LayoutCollector.Content known = contents.putIfAbsent(content, content);
    Map<String, Long> symbols = new HashMap<>();
    for (String name : table.symbolNames()) {
      if (wanted.contains(name)) {
        symbols.put(name, table.symbol(name));
      }
    }
    KnownKernel kernel = new KnownKernel(pdb, version, KnownKernel.Fingerprint.of(table));
    binaries.put(
        pdb.key(),
        new Binary(kernel, table.pointerSize(), known == null ? content : known, symbols));
    return true;
  }

  /** How many binaries were added. */
  public int size() {
    return binaries.size();
  }

  /** Writes the table; equal content gives equal bytes, in whatever order it was added. */
  public void write(OutputStream out) throws IOException {
    List<Binary> ordered = new ArrayList<>(binaries.values());
    ordered.sort(ORDER);
    Map<LayoutCollector.Content, Integer> sets = new LinkedHashMap<>();
    Map<String, List<Map<String, Long>>> groups = new LinkedHashMap<>();
    TreeSet<String> symbolNames = new TreeSet<>();
    CompactOutput catalog = new CompactOutput();
    catalog.number(ordered.size());
    List<String> groupOrder = new ArrayList<>();
    for (Binary binary : ordered) {
      Integer set = sets.putIfAbsent(binary.content(), sets.size());
      String line = line(binary.known());
      List<Map<String, Long>> group =
          groups.computeIfAbsent(
              line,
              name -> {
                groupOrder.add(name);
                return new ArrayList<>();
              });
      new CatalogEntry(
              binary.known(),
              binary.pointerSize(),
              set == null ? sets.size() - 1 : set,
              groupOrder.indexOf(line),
              group.size())
          .write(catalog);
      group.add(binary.symbols());
      symbolNames.addAll(binary.symbols().keySet());
    }
    List<byte[]> sections = new ArrayList<>();
    sections.add(catalog.toByteArray());
    sections.add(new LayoutPoolWriter(List.copyOf(sets.keySet())).write());
    CompactOutput names = new CompactOutput();
    names.names(symbolNames);
    sections.add(names.toByteArray());
    Map<String, Integer> nameIndex = index(symbolNames);
    groups.values().forEach(group -> sections.add(SymbolGroup.write(group, nameIndex)));
    CompactFormat.write(out, sections);
  }

  private static String line(KnownKernel known) {
    KernelVersion version = known.version();
    return known.pdb().name()
        + " "
        + version.major()
        + "."
        + version.minor()
        + "."
        + version.build();
  }

  private static Map<String, Integer> index(Set<String> names) {
    Map<String, Integer> index = new HashMap<>();
    names.forEach(name -> index.put(name, index.size()));
    return index;
  }
}
