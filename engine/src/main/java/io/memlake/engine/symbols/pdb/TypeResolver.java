package io.memlake.engine.symbols.pdb;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.SymbolTableBuilder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Makes structures and enumerations of type records. */
final class TypeResolver {
  private static final int MODIFIER = 0x1001;
  private static final int POINTER = 0x1002;
  private static final int BIT_FIELD = 0x1205;
  private static final int ARRAY = 0x1503;
  private static final int CLASS = 0x1504;
  private static final int STRUCTURE = 0x1505;
  private static final int UNION = 0x1506;
  private static final int ENUM = 0x1507;
  private static final int INTERFACE = 0x1519;

  private static final int FORWARD_REFERENCE = 0x80;

  /** Modifiers, arrays and bit fields inside each other; C code stays below five. */
  private static final int MAX_DEPTH = 32;

  private final TypeRecords types;
  private final RecordReader stream;

  /** Index of the definition by name: most references go to a forward declaration. */
  private final Map<String, Integer> definitions = new HashMap<>();

  TypeResolver(TypeRecords types) throws CorruptSymbolsException {
    this.types = types;
    this.stream = types.stream();
    for (int index = types.firstIndex(); index < types.endIndex(); index++) {
      if (isNamed(types.kind(index)) && !isForward(index)) {
        definitions.putIfAbsent(name(index), index);
      }
    }
  }

  void addTo(SymbolTableBuilder builder) throws CorruptSymbolsException {
    FieldLists lists = new FieldLists(types, this);
    for (Map.Entry<String, Integer> definition : definitions.entrySet()) {
      int index = definition.getValue();
      int content = types.content(index);
      if (types.kind(index) == ENUM) {
        Map<String, Long> constants = lists.constants(stream.i32(content + 8));
        builder.addEnum(new EnumType(definition.getKey(), size(index, 0), constants));
      } else {
        int list = stream.i32(content + 4);
        builder.addStruct(definition.getKey(), size(index, 0), lists.members(list));
      }
    }
  }

  /** The member of type {@code index} at {@code offset}. */
  FieldType field(String name, int offset, int index) throws CorruptSymbolsException {
    int type = withoutModifiers(index);
    if (types.has(type) && types.kind(type) == BIT_FIELD) {
      int content = types.content(type);
      int size = size(stream.i32(content), 0);
      int length = stream.u8(content + 4);
      int position = stream.u8(content + 5);
      if (length == 0 || size > Long.BYTES || position + length > size * 8) {
        throw stream.corrupt(content, "member " + name + " has bits outside its number");
      }
      return FieldType.bits(name, offset, size, position, length);
    }
    if (!types.has(type) || types.kind(type) != ARRAY) {
      return FieldType.plain(name, kind(type), offset, size(type, 0), typeName(type));
    }
    int total = size(type, 0);
    int element = type;
    for (int depth = 0; types.has(element) && types.kind(element) == ARRAY; depth++) {
      if (depth > MAX_DEPTH) {
        throw stream.corrupt(types.content(type), "array " + name + " nests too deep");
      }
      element = withoutModifiers(stream.i32(types.content(element)));
    }
    int elementSize = size(element, 0);
    int count = elementSize == 0 ? 0 : total / elementSize;
    return FieldType.array(name, offset, count, kind(element), elementSize, typeName(element));
  }

  /** The structure that a base class names, as its definition; -1 when there is none. */
  int definition(int index) throws CorruptSymbolsException {
    int type = withoutModifiers(index);
    if (!types.has(type) || !isNamed(types.kind(type))) {
      return -1;
    }
    return isForward(type) ? definitions.getOrDefault(name(type), -1) : type;
  }

  /** Type number of the field list of a structure. */
  int fieldList(int structure) throws CorruptSymbolsException {
    return stream.i32(types.content(structure) + 4);
  }

  private int withoutModifiers(int index) throws CorruptSymbolsException {
    int type = index;
    for (int depth = 0; types.has(type) && types.kind(type) == MODIFIER; depth++) {
      if (depth > MAX_DEPTH) {
        throw stream.corrupt(types.content(index), "type modifiers nest too deep");
      }
      type = stream.i32(types.content(type));
    }
    return type;
  }

  private FieldKind kind(int index) throws CorruptSymbolsException {
    if (!types.has(index)) {
      return SimpleType.of(index).kind();
    }
    return switch (types.kind(index)) {
      case POINTER -> FieldKind.POINTER;
      case ENUM -> FieldKind.ENUM;
      case CLASS, STRUCTURE, UNION, INTERFACE ->
          definition(index) < 0 ? FieldKind.OPAQUE : FieldKind.STRUCT;
      default -> FieldKind.OPAQUE;
    };
  }

  private int size(int index, int depth) throws CorruptSymbolsException {
    int type = withoutModifiers(index);
    if (!types.has(type)) {
      return type < 0 || type >= types.firstIndex() ? 0 : SimpleType.of(type).size();
    }
    int content = types.content(type);
    return switch (types.kind(type)) {
      case POINTER -> pointerSize(stream.i32(content + 4));
      case ARRAY -> length(content + 8);
      case CLASS, STRUCTURE, INTERFACE -> definedSize(type, 16);
      case UNION -> definedSize(type, 8);
      case ENUM -> {
        int defined = definition(type);
        yield defined < 0 || depth > MAX_DEPTH
            ? 0
            : size(stream.i32(types.content(defined) + 4), depth + 1);
      }
      default -> 0;
    };
  }

  private int definedSize(int type, int offset) throws CorruptSymbolsException {
    int defined = definition(type);
    return defined < 0 ? 0 : length(types.content(defined) + offset);
  }

  private int length(int at) throws CorruptSymbolsException {
    long length = NumericLeaf.read(stream, at).value();
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw stream.corrupt(at, "a type of " + Long.toUnsignedString(length) + " bytes");
    }
    return (int) length;
  }

  /** Bits 13 to 18 hold the size; old compilers leave them 0 and tell it by the kind alone. */
  private static int pointerSize(int attributes) {
    int size = (attributes >>> 13) & 0x3F;
    if (size != 0) {
      return size;
    }
    return (attributes & 0x1F) == 0x0C ? Long.BYTES : Integer.BYTES;
  }

  private String typeName(int index) throws CorruptSymbolsException {
    int target = index;
    if (types.has(index) && types.kind(index) == POINTER) {
      target = withoutModifiers(stream.i32(types.content(index)));
    }
    return types.has(target) && isNamed(types.kind(target)) ? name(target) : "";
  }

  private boolean isForward(int index) throws CorruptSymbolsException {
    return (stream.u16(types.content(index) + 2) & FORWARD_REFERENCE) != 0;
  }

  private String name(int index) throws CorruptSymbolsException {
    int content = types.content(index);
    int at =
        switch (types.kind(index)) {
          case ENUM -> content + 12;
          case UNION -> NumericLeaf.read(stream, content + 8).end();
          default -> NumericLeaf.read(stream, content + 16).end();
        };
    String name = stream.text(at, types.end(index));
    // All unnamed types share these names; the number of the type tells them apart.
    if (name.endsWith("<unnamed-tag>")
        || name.endsWith("<anonymous-tag>")
        || name.endsWith("__unnamed")) {
      return "__unnamed_" + Integer.toHexString(index).toLowerCase(Locale.ROOT);
    }
    return name;
  }

  private static boolean isNamed(int kind) {
    return kind == CLASS || kind == STRUCTURE || kind == UNION || kind == ENUM || kind == INTERFACE;
  }
}
