package io.memlake.engine.symbols;

/** What the bytes of a member are. */
public enum FieldKind {
  /** A whole number or character; also a truth value. */
  INTEGER,
  /** A floating point number. */
  FLOAT,
  /** An address of the width that the field says; see {@link FieldType#typeName()}. */
  POINTER,
  /** An embedded structure, union or class. */
  STRUCT,
  /** A whole number whose values have names, see {@link SymbolTable#findEnum}. */
  ENUM,
  /** Elements of one type behind each other. */
  ARRAY,
  /** Some bits of a whole number. */
  BITS,
  /** Nothing that can be read by itself: void, a function, a type the symbols only name. */
  OPAQUE
}
