package io.memlake.engine.symbols;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Symbols by name, also by the plain name that the source code had. */
public final class SymbolNames {
  private final Map<String, Long> symbols;
  private final Map<String, Long> plainNames;
  private final int pointerSize;

  /** RVA by name as the symbol source spells it. */
  public SymbolNames(Map<String, Long> symbols, int pointerSize) {
    this.symbols = Map.copyOf(symbols);
    this.plainNames = plainNames(symbols);
    this.pointerSize = pointerSize;
  }

  /** The RVA of a symbol, see {@link SymbolTable#findSymbol}. */
  public OptionalLong find(String name) {
    Long rva = symbols.get(name);
    if (rva == null) {
      rva = plainNames.get(name);
    }
    if (rva == null && pointerSize == Integer.BYTES) {
      // C names of 32-bit binaries carry one underscore more than their source.
      rva = symbols.get("_" + name);
    }
    return rva == null ? OptionalLong.empty() : OptionalLong.of(rva);
  }

  /** All names, sorted. */
  public Set<String> all() {
    return new TreeSet<>(symbols.keySet());
  }

  private static Map<String, Long> plainNames(Map<String, Long> symbols) {
    Map<String, Long> plain = new HashMap<>();
    symbols.forEach(
        (name, rva) -> {
          int end = name.indexOf("@@3");
          // A global variable outside any class: ?Name@@3...
          if (end > 1 && name.charAt(0) == '?' && name.indexOf('@') == end) {
            plain.merge(name.substring(1, end), rva, Math::min);
          }
        });
    return Map.copyOf(plain);
  }
}
