package io.memlake.engine.symbols;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A symbol table that holds everything in memory. */
final class BuiltSymbolTable implements SymbolTable {
  private final String source;
  private final PdbId pdb;
  private final int pointerSize;
  private final Map<String, StructType> structs;
  private final Map<String, EnumType> enums;
  private final Map<String, Long> symbols;
  private final Map<String, Long> plainNames;

  BuiltSymbolTable(SymbolTableBuilder builder) {
    this.source = builder.source();
    this.pdb = builder.pdb();
    this.pointerSize = builder.pointerSize();
    this.structs = new HashMap<>(builder.structs().size() * 2);
    builder
        .structs()
        .forEach(
            (name, definition) ->
                structs.put(
                    name, new StructType(name, definition.size(), definition.fields(), this)));
    this.enums = Map.copyOf(builder.enums());
    this.symbols = Map.copyOf(builder.symbols());
    this.plainNames = plainNames(symbols);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public PdbId pdb() {
    return pdb;
  }

  @Override
  public int pointerSize() {
    return pointerSize;
  }

  @Override
  public Set<String> structNames() {
    return new TreeSet<>(structs.keySet());
  }

  @Override
  public Set<String> symbolNames() {
    return new TreeSet<>(symbols.keySet());
  }

  @Override
  public Optional<StructType> findStruct(String name) {
    return byEitherName(structs, name);
  }

  @Override
  public Optional<EnumType> findEnum(String name) {
    return byEitherName(enums, name);
  }

  @Override
  public OptionalLong findSymbol(String name) {
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

  private static <T> Optional<T> byEitherName(Map<String, T> types, String name) {
    T exact = types.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    return Optional.ofNullable(types.get(name.startsWith("_") ? name.substring(1) : "_" + name));
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
