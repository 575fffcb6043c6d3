package io.memlake.engine.symbols;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Layout of one Windows structure in one build. Layout records resolve their fields from it once;
 * paths may step into embedded structures with dots, for instance {@code Pcb.DirectoryTableBase}.
 */
public final class StructType {
  private final String name;
  private final int size;
  private final Map<String, FieldType> fields;
  private final SymbolTable table;

  /** A structure of {@code size} bytes; {@code table} resolves embedded structures. */
  public StructType(String name, int size, Map<String, FieldType> fields, SymbolTable table) {
    this.name = name;
    this.size = size;
    this.fields = new TreeMap<>(fields);
    this.table = table;
  }

  /** Name in the Windows symbols, for instance {@code _EPROCESS}. */
  public String name() {
    return name;
  }

  /** Bytes of the structure. */
  public int size() {
    return size;
  }

  /** All members by name. */
  public Map<String, FieldType> fields() {
    return java.util.Collections.unmodifiableMap(fields);
  }

  /**
   * The member at {@code path}, with its offset from the start of this structure.
   *
   * @return empty when this build has no such member
   */
  public Optional<FieldType> find(String path) {
    int dot = path.indexOf('.');
    FieldType field = fields.get(dot < 0 ? path : path.substring(0, dot));
    if (field == null || dot < 0) {
      return Optional.ofNullable(field);
    }
    return table
        .findStruct(field.typeName())
        .flatMap(inner -> inner.find(path.substring(dot + 1)))
        .map(
            inner ->
                new FieldType(
                    path,
                    field.offset() + inner.offset(),
                    inner.size(),
                    inner.bitPosition(),
                    inner.bitLength(),
                    inner.typeName()));
  }

  /**
   * The member at {@code path}.
   *
   * @throws MissingSymbolException when this build has no such member; names structure and member
   */
  public FieldType field(String path) {
    return find(path).orElseThrow(() -> new MissingSymbolException(table.source(), name, path));
  }

  /** Offset of a member that the layout cannot do without. */
  public int offsetOf(String path) {
    return field(path).offset();
  }
}
