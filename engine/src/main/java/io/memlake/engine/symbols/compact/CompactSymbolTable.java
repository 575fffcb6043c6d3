package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.KernelVersion;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolNames;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.TypeNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** One build of a compiled table; a structure or enumeration is unpacked when first asked for. */
final class CompactSymbolTable implements SymbolTable {
  /** What structures without a name are called, followed by the index of their layout. */
  private static final String UNNAMED = "__unnamed_";

  private final String source;
  private final CatalogEntry entry;
  private final boolean exact;
  private final LayoutPool pool;
  private final Map<String, Integer> layouts;
  private final Map<String, Integer> enums;
  private final SymbolNames symbols;
  private final Map<Integer, StructType> structs = new ConcurrentHashMap<>();
  private final Map<Integer, EnumType> unpackedEnums = new ConcurrentHashMap<>();

  CompactSymbolTable(
      String source,
      CatalogEntry entry,
      boolean exact,
      LayoutPool pool,
      Map<String, Long> symbols) {
    this.source = source;
    this.entry = entry;
    this.exact = exact;
    this.pool = pool;
    this.layouts = pool.structsOf(entry.set());
    this.enums = pool.enumsOf(entry.set());
    this.symbols = new SymbolNames(symbols, entry.pointerSize());
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public PdbId pdb() {
    return entry.known().pdb();
  }

  @Override
  public int pointerSize() {
    return entry.pointerSize();
  }

  @Override
  public Optional<KernelVersion> version() {
    return Optional.of(entry.known().version()).filter(v -> !v.equals(KernelVersion.UNKNOWN));
  }

  @Override
  public boolean exact() {
    return exact;
  }

  @Override
  public Set<String> structNames() {
    return new TreeSet<>(layouts.keySet());
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
    Integer layout = TypeNames.either(layouts, name);
    if (layout != null) {
      return Optional.of(struct(layout, layouts.containsKey(name) ? name : otherName(name)));
    }
    return name.startsWith(UNNAMED) ? unnamed(name) : Optional.empty();
  }

  @Override
  public Optional<EnumType> findEnum(String name) {
    return Optional.ofNullable(TypeNames.either(enums, name))
        .map(index -> unpackedEnums.computeIfAbsent(index, pool::enumType));
  }

  @Override
  public OptionalLong findSymbol(String name) {
    return symbols.find(name);
  }

  private static String otherName(String name) {
    return name.startsWith("_") ? name.substring(1) : "_" + name;
  }

  private Optional<StructType> unnamed(String name) {
    int layout;
    try {
      layout = Integer.parseInt(name.substring(UNNAMED.length()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    boolean known = layout >= 0 && layout < pool.layoutCount();
    return known ? Optional.of(struct(layout, name)) : Optional.empty();
  }

  private StructType struct(int layout, String name) {
    return structs.computeIfAbsent(layout, index -> unpack(index, name));
  }

  private StructType unpack(int layout, String name) {
    Map<String, FieldType> fields = new HashMap<>();
    for (int i = pool.firstField(layout); i < pool.endField(layout); i++) {
      fields.put(pool.fieldName(i), field(i));
    }
    return new StructType(name, pool.size(layout), fields, this);
  }

  private FieldType field(int index) {
    PackedType type = pool.fieldType(index);
    String typeName = "";
    Integer layout = null;
    if (type.layout() >= 0) {
      layout = type.layout();
      typeName = UNNAMED + layout;
    } else if (type.name() >= 0) {
      typeName = pool.name(type.name());
      layout = layouts.get(typeName);
    }
    int elementSize = type.elementSize();
    if (type.elementKind() == FieldKind.STRUCT) {
      elementSize = layout == null ? 0 : pool.size(layout);
    }
    boolean array = type.kind() == FieldKind.ARRAY;
    long size = array ? (long) type.count() * elementSize : elementSize;
    return new FieldType(
        pool.fieldName(index),
        type.kind(),
        pool.fieldOffset(index),
        (int) Math.min(size, Integer.MAX_VALUE),
        type.bitPosition(),
        type.bitLength(),
        type.count(),
        type.elementKind(),
        elementSize,
        typeName);
  }
}
