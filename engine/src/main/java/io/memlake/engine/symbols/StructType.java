package io.memlake.engine.symbols;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Layout of one Windows structure in one build. Layout records resolve their fields from it once;
 * paths may step into embedded structures with dots, for instance {@code Pcb.DirectoryTableBase}.
 *
 * <p>Typed accessors check the width when they are resolved, so that reading cannot go wrong. A
 * structure counts as a number of its width: {@code u64("CreateTime")} reads a {@code
 * _LARGE_INTEGER}.
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
    this.fields = Collections.unmodifiableMap(new TreeMap<>(fields));
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
    return fields;
  }

  /**
   * The member at {@code path}, with its offset from the start of this structure.
   *
   * @return empty when this build has no such member
   */
  public Optional<FieldType> find(String path) {
    FieldType direct = fields.get(path);
    int dot = path.indexOf('.');
    if (direct != null || dot < 0) {
      return Optional.ofNullable(direct);
    }
    FieldType outer = fields.get(path.substring(0, dot));
    if (outer == null || outer.kind() != FieldKind.STRUCT) {
      return Optional.empty();
    }
    return table
        .findStruct(outer.typeName())
        .flatMap(inner -> inner.find(path.substring(dot + 1)))
        .map(inner -> inner.movedBy(outer.offset(), path));
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

  /** A one-byte member; fails like {@link #field} when it is missing or wider. */
  public U8Field u8(String path) {
    return new U8Field(require(path, Byte.BYTES).offset());
  }

  /** A two-byte member; fails like {@link #field} when it is missing or of another width. */
  public U16Field u16(String path) {
    return new U16Field(require(path, Short.BYTES).offset());
  }

  /** A four-byte member; fails like {@link #field} when it is missing or of another width. */
  public U32Field u32(String path) {
    return new U32Field(require(path, Integer.BYTES).offset());
  }

  /** An eight-byte member; fails like {@link #field} when it is missing or of another width. */
  public U64Field u64(String path) {
    return new U64Field(require(path, Long.BYTES).offset());
  }

  /** A member of the width of an address, 4 or 8 bytes, whatever the symbols call its type. */
  public PointerField pointer(String path) {
    FieldType field = field(path);
    if (field.size() == Integer.BYTES || field.size() == Long.BYTES) {
      return new PointerField(field.offset(), field.size());
    }
    throw wrongWidth(field, path, "4 or 8");
  }

  /** A bit field, or a whole number of 1, 2, 4 or 8 bytes read as one. */
  public BitsField bits(String path) {
    FieldType field = field(path);
    if (isNumberWidth(field.size())) {
      return BitsField.of(field);
    }
    throw wrongWidth(field, path, "1, 2, 4 or 8");
  }

  /** Like {@link #u8}; empty when this build has no such member of that width. */
  public Optional<U8Field> findU8(String path) {
    return findOfWidth(path, Byte.BYTES).map(field -> new U8Field(field.offset()));
  }

  /** Like {@link #u16}; empty when this build has no such member of that width. */
  public Optional<U16Field> findU16(String path) {
    return findOfWidth(path, Short.BYTES).map(field -> new U16Field(field.offset()));
  }

  /** Like {@link #u32}; empty when this build has no such member of that width. */
  public Optional<U32Field> findU32(String path) {
    return findOfWidth(path, Integer.BYTES).map(field -> new U32Field(field.offset()));
  }

  /** Like {@link #u64}; empty when this build has no such member of that width. */
  public Optional<U64Field> findU64(String path) {
    return findOfWidth(path, Long.BYTES).map(field -> new U64Field(field.offset()));
  }

  /** Like {@link #pointer}; empty when this build has no such member of that width. */
  public Optional<PointerField> findPointer(String path) {
    return find(path)
        .filter(field -> field.size() == Integer.BYTES || field.size() == Long.BYTES)
        .map(field -> new PointerField(field.offset(), field.size()));
  }

  /** Like {@link #bits}; empty when this build has no such member of a number's width. */
  public Optional<BitsField> findBits(String path) {
    return find(path).filter(field -> isNumberWidth(field.size())).map(BitsField::of);
  }

  private Optional<FieldType> findOfWidth(String path, int width) {
    return find(path).filter(field -> field.size() == width && !field.isBitField());
  }

  private FieldType require(String path, int width) {
    FieldType field = field(path);
    if (field.size() != width || field.isBitField()) {
      throw wrongWidth(field, path, Integer.toString(width));
    }
    return field;
  }

  private MissingSymbolException wrongWidth(FieldType field, String path, String wanted) {
    String found = field.isBitField() ? "a bit field" : field.size() + " bytes";
    return MissingSymbolException.otherWidth(table.source(), name, path, wanted, found);
  }

  private static boolean isNumberWidth(int size) {
    return size == 1 || size == 2 || size == 4 || size == 8;
  }
}
