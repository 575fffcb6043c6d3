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
  private final Optional<KernelVersion> version;
  private final Map<String, StructType> structs;
  private final Map<String, EnumType> enums;
  private final SymbolNames symbols;

  BuiltSymbolTable(SymbolTableBuilder builder) {
    this.source = builder.source();
    this.pdb = builder.pdb();
    this.pointerSize = builder.pointerSize();
    this.version = builder.version();
    this.structs = new HashMap<>(builder.structs().size() * 2);
    builder
        .structs()
        .forEach(
            (name, definition) ->
                structs.put(
                    name, new StructType(name, definition.size(), definition.fields(), this)));
    this.enums = Map.copyOf(builder.enums());
    this.symbols = new SymbolNames(builder.symbols(), pointerSize);
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
  public Optional<KernelVersion> version() {
    return version;
  }

  @Override
  public Set<String> structNames() {
    return new TreeSet<>(structs.keySet());
  }

  @Override
  public Set<String> enumNames() {
    return new TreeSet<>(enums.keySet());
  }

  @Override
  public Set<String> symbolNames() {
    return symbols.all();
  }

  @Override
  public Optional<StructType> findStruct(String name) {
    return Optional.ofNullable(TypeNames.either(structs, name));
  }

  @Override
  public Optional<EnumType> findEnum(String name) {
    return Optional.ofNullable(TypeNames.either(enums, name));
  }

  @Override
  public OptionalLong findSymbol(String name) {
    return symbols.find(name);
  }
}
