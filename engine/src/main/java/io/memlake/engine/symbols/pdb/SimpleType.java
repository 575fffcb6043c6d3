package io.memlake.engine.symbols.pdb;

import io.memlake.engine.symbols.FieldKind;

/**
 * Types below index 0x1000, which have no record: bits 0 to 7 are the kind, bits 8 to 11 say how it
 * is pointed to.
 */
record SimpleType(FieldKind kind, int size) {
  private static final SimpleType OPAQUE = new SimpleType(FieldKind.OPAQUE, 0);

  static SimpleType of(int index) {
    int mode = (index >>> 8) & 0xF;
    return switch (mode) {
      case 0 -> direct(index & 0xFF);
      case 1, 2, 3, 4, 5 -> new SimpleType(FieldKind.POINTER, mode < 4 ? 2 : 4);
      case 6 -> new SimpleType(FieldKind.POINTER, 8);
      case 7 -> new SimpleType(FieldKind.POINTER, 16);
      default -> OPAQUE;
    };
  }

  private static SimpleType direct(int kind) {
    return switch (kind) {
      case 0x10, 0x20, 0x30, 0x68, 0x69, 0x70, 0x7C -> integer(1);
      case 0x11, 0x21, 0x31, 0x71, 0x72, 0x73, 0x7A -> integer(2);
      case 0x08, 0x12, 0x22, 0x32, 0x74, 0x75, 0x7B -> integer(4);
      case 0x13, 0x23, 0x33, 0x76, 0x77 -> integer(8);
      case 0x14, 0x24, 0x78, 0x79 -> integer(16);
      case 0x46 -> new SimpleType(FieldKind.FLOAT, 2);
      case 0x40 -> new SimpleType(FieldKind.FLOAT, 4);
      case 0x41 -> new SimpleType(FieldKind.FLOAT, 8);
      case 0x42 -> new SimpleType(FieldKind.FLOAT, 10);
      case 0x43 -> new SimpleType(FieldKind.FLOAT, 16);
      default -> OPAQUE;
    };
  }

  private static SimpleType integer(int size) {
    return new SimpleType(FieldKind.INTEGER, size);
  }
}
