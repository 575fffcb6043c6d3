package io.memlake.engine.symbols.isf;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.KernelVersion;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.SymbolTableBuilder;
import io.memlake.engine.symbols.isf.IsfModel.BaseType;
import io.memlake.engine.symbols.isf.IsfModel.EnumDefinition;
import io.memlake.engine.symbols.isf.IsfModel.Member;
import io.memlake.engine.symbols.isf.IsfModel.TypeNode;
import io.memlake.engine.symbols.isf.IsfModel.UserType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts sizes to names and unnamed members into their parents. */
final class IsfResolver {
  /** Unnamed structures inside each other; the Windows kernel has three levels. */
  static final int MAX_ANONYMOUS_DEPTH = 16;

  /** Members of all structures, those that come out of unnamed ones counted again. */
  static final int MAX_FIELDS = 1_500_000;

  private static final int MACHINE_X86 = 0x14C;
  private static final int MACHINE_ARM = 0x1C4;
  private static final int MACHINE_X64 = 0x8664;
  private static final int MACHINE_ARM64 = 0xAA64;

  private final String file;
  private final IsfModel model;
  private final int pointerSize;
  private int fieldCount;

  private IsfResolver(String file, IsfModel model, int pointerSize) {
    this.file = file;
    this.model = model;
    this.pointerSize = pointerSize;
  }

  static SymbolTable resolve(String file, IsfModel model) throws CorruptSymbolsException {
    return new IsfResolver(file, model, pointerSize(file, model)).table();
  }

  private static int pointerSize(String file, IsfModel model) throws CorruptSymbolsException {
    BaseType pointer = model.baseTypes.get("pointer");
    if (pointer != null && (pointer.size() == Integer.BYTES || pointer.size() == Long.BYTES)) {
      return pointer.size();
    }
    // Files of drivers have symbols and no types at all.
    if (pointer == null && model.userTypes.isEmpty()) {
      switch (model.machineType) {
        case MACHINE_X64, MACHINE_ARM64 -> {
          return Long.BYTES;
        }
        case MACHINE_X86, MACHINE_ARM -> {
          return Integer.BYTES;
        }
        default -> {}
      }
    }
    throw new CorruptSymbolsException(file, "base_types has no pointer of 4 or 8 bytes");
  }

  private SymbolTable table() throws CorruptSymbolsException {
    PdbId pdb = new PdbId(model.pdbName, model.pdbGuid, model.pdbAge);
    SymbolTableBuilder builder = new SymbolTableBuilder(file, pdb, pointerSize);
    version().ifPresent(builder::version);
    for (Map.Entry<String, UserType> type : model.userTypes.entrySet()) {
      Map<String, FieldType> fields = new HashMap<>();
      addFields(fields, type.getKey(), type.getValue(), 0, 0);
      builder.addStruct(type.getKey(), type.getValue().size(), fields);
    }
    for (Map.Entry<String, EnumDefinition> type : model.enums.entrySet()) {
      int size = enumSize(type.getValue());
      builder.addEnum(new EnumType(type.getKey(), size, type.getValue().constants()));
    }
    model.symbols.forEach(builder::addSymbol);
    return builder.build();
  }

  /** The format calls the third number revision; a writer that has only a build leaves it 0. */
  private Optional<KernelVersion> version() {
    int[] parts = model.version;
    if (parts[0] == 0) {
      return Optional.empty();
    }
    return Optional.of(
        parts[2] == 0
            ? new KernelVersion(parts[0], parts[1], parts[3], 0)
            : new KernelVersion(parts[0], parts[1], parts[2], parts[3]));
  }

  private void addFields(
      Map<String, FieldType> fields, String struct, UserType type, int base, int depth)
      throws CorruptSymbolsException {
    fieldCount += type.members().size();
    if (depth > MAX_ANONYMOUS_DEPTH || fieldCount > MAX_FIELDS) {
      throw new CorruptSymbolsException(file, "unnamed members of " + struct + " nest too deep");
    }
    for (Map.Entry<String, Member> entry : type.members().entrySet()) {
      Member member = entry.getValue();
      FieldType field;
      try {
        int offset = Math.addExact(base, member.offset());
        field = field(entry.getKey(), offset, member.type());
      } catch (ArithmeticException e) {
        throw new CorruptSymbolsException(
            file, "member " + entry.getKey() + " of " + struct + " is larger than 2 GiB", e);
      }
      if (field == null) {
        throw new CorruptSymbolsException(
            file, "member " + entry.getKey() + " of " + struct + " has bits outside its number");
      }
      fields.putIfAbsent(entry.getKey(), field);
    }
    // After the named ones, which win when an unnamed structure repeats a name.
    for (Member member : type.members().values()) {
      UserType inner = model.userTypes.get(member.type().name());
      if (member.anonymous() && inner != null) {
        addFields(fields, struct, inner, base + member.offset(), depth + 1);
      }
    }
  }

  /** Null when a bit field lies outside of what it is part of. */
  private FieldType field(String name, int offset, TypeNode type) {
    if (type.kind().equals("bitfield")) {
      int size = type.inner() == null ? 0 : size(type.inner());
      boolean inside =
          size <= Long.BYTES
              && type.bitLength() > 0
              && type.bitPosition() < size * 8
              && type.bitLength() <= size * 8 - type.bitPosition();
      return inside
          ? FieldType.bits(name, offset, size, type.bitPosition(), type.bitLength())
          : null;
    }
    if (!type.kind().equals("array")) {
      return FieldType.plain(name, kind(type), offset, size(type), typeName(type));
    }
    TypeNode element = type;
    int count = 1;
    while (element.kind().equals("array") && element.inner() != null) {
      count = Math.multiplyExact(count, element.count());
      element = element.inner();
    }
    return FieldType.array(name, offset, count, kind(element), size(element), typeName(element));
  }

  private FieldKind kind(TypeNode type) {
    return switch (type.kind()) {
      case "pointer" -> FieldKind.POINTER;
      case "struct", "union", "class" ->
          model.userTypes.containsKey(type.name()) ? FieldKind.STRUCT : FieldKind.OPAQUE;
      case "enum" -> FieldKind.ENUM;
      case "base" -> baseKind(model.baseTypes.get(type.name()));
      default -> FieldKind.OPAQUE;
    };
  }

  private static FieldKind baseKind(BaseType base) {
    if (base == null || base.kind().equals("void")) {
      return FieldKind.OPAQUE;
    }
    return base.kind().equals("float") ? FieldKind.FLOAT : FieldKind.INTEGER;
  }

  private int size(TypeNode type) {
    return switch (type.kind()) {
      case "pointer" -> baseSize(type.name(), pointerSize);
      case "struct", "union", "class" -> {
        UserType user = model.userTypes.get(type.name());
        yield user == null ? 0 : user.size();
      }
      case "enum" -> {
        EnumDefinition definition = model.enums.get(type.name());
        yield definition == null ? 0 : enumSize(definition);
      }
      case "base" -> baseSize(type.name(), 0);
      default -> 0;
    };
  }

  private int baseSize(String name, int otherwise) {
    BaseType base = model.baseTypes.get(name);
    return base == null ? otherwise : base.size();
  }

  private int enumSize(EnumDefinition definition) {
    return definition.size() > 0 ? definition.size() : baseSize(definition.base(), 0);
  }

  private static String typeName(TypeNode type) {
    TypeNode named = type.kind().equals("pointer") && type.inner() != null ? type.inner() : type;
    return switch (named.kind()) {
      case "struct", "union", "class", "enum" -> named.name();
      default -> "";
    };
  }
}
