package io.memlake.engine.symbols;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Collects what a symbol source says and makes an immutable {@link SymbolTable} of it. */
public final class SymbolTableBuilder {
  private final String source;
  private final PdbId pdb;
  private final int pointerSize;
  private Optional<KernelVersion> version = Optional.empty();
  private final Map<String, Definition> structs = new HashMap<>();
  private final Map<String, EnumType> enums = new HashMap<>();
  private final Map<String, Long> symbols = new HashMap<>();

  /** What the built table says of itself. */
  public SymbolTableBuilder(String source, PdbId pdb, int pointerSize) {
    this.source = source;
    this.pdb = pdb;
    this.pointerSize = pointerSize;
  }

  /** Says the file version of the binary. */
  public SymbolTableBuilder version(KernelVersion fileVersion) {
    version = Optional.of(fileVersion);
    return this;
  }

  /** Adds a structure or replaces the one of the same name. */
  public SymbolTableBuilder addStruct(String name, int size, Map<String, FieldType> fields) {
    structs.put(name, new Definition(size, fields));
    return this;
  }

  /** Adds an enumeration or replaces the one of the same name. */
  public SymbolTableBuilder addEnum(EnumType type) {
    enums.put(type.name(), type);
    return this;
  }

  /** Adds a symbol at {@code rva} bytes from the base of the loaded binary. */
  public SymbolTableBuilder addSymbol(String name, long rva) {
    symbols.put(name, rva);
    return this;
  }

  /** The table; the builder is not used afterwards. */
  public SymbolTable build() {
    return new BuiltSymbolTable(this);
  }

  String source() {
    return source;
  }

  PdbId pdb() {
    return pdb;
  }

  int pointerSize() {
    return pointerSize;
  }

  Optional<KernelVersion> version() {
    return version;
  }

  Map<String, Definition> structs() {
    return structs;
  }

  Map<String, EnumType> enums() {
    return enums;
  }

  Map<String, Long> symbols() {
    return symbols;
  }

  record Definition(int size, Map<String, FieldType> fields) {}
}
