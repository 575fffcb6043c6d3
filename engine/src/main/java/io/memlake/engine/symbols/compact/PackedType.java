package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.FieldKind;
import java.util.List;

/**
 * What a member is, without its name and place; equal ones are stored once for all builds.
 *
 * @param elementSize bytes of a member or array element; 0 for structures, whose size the build
 *     tells
 * @param count elements of an array
 * @param name index of the name of the structure or enumeration, -1 for none
 * @param layout index of the layout of a structure without a name, -1 for none
 */
record PackedType(
    FieldKind kind,
    FieldKind elementKind,
    int elementSize,
    int bitPosition,
    int bitLength,
    int count,
    int name,
    int layout) {
  /** Their numbers in the file; new kinds go to the end. */
  private static final List<FieldKind> KINDS =
      List.of(
          FieldKind.INTEGER,
          FieldKind.FLOAT,
          FieldKind.POINTER,
          FieldKind.STRUCT,
          FieldKind.ENUM,
          FieldKind.ARRAY,
          FieldKind.BITS,
          FieldKind.OPAQUE);

  void write(CompactOutput out) {
    out.number((long) KINDS.indexOf(kind) * KINDS.size() + KINDS.indexOf(elementKind));
    out.number(elementSize);
    out.number(bitPosition);
    out.number(bitLength);
    out.number(count);
    out.number(name + 1);
    out.number(layout + 1);
  }

  static PackedType read(CompactInput in, int names, int layouts) throws CorruptSymbolsException {
    int kinds = in.count(KINDS.size() * KINDS.size() - 1);
    PackedType type =
        new PackedType(
            KINDS.get(kinds / KINDS.size()),
            KINDS.get(kinds % KINDS.size()),
            in.count(Integer.MAX_VALUE),
            in.count(Long.SIZE - 1),
            in.count(Long.SIZE),
            in.count(Integer.MAX_VALUE),
            in.count(names) - 1,
            in.count(layouts) - 1);
    boolean sane =
        type.kind != FieldKind.BITS
            || (type.bitLength > 0
                && type.elementSize <= Long.BYTES
                && type.bitPosition + type.bitLength <= type.elementSize * 8);
    if (!sane) {
      throw in.corrupt("a bit field lies outside its number");
    }
    return type;
  }
}
