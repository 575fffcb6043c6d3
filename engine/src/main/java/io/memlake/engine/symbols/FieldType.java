package io.memlake.engine.symbols;

/**
 * One member of a structure as the symbols describe it.
 *
 * @param name name in the Windows symbols; members of unnamed structs appear under their own name
 * @param offset bytes from the start of the structure
 * @param size bytes of the member (of the underlying integer for a bit field)
 * @param bitPosition lowest bit of a bit field, 0 otherwise
 * @param bitLength bits of a bit field, 0 when the member is not one
 * @param typeName name of the structure for a struct or pointer-to-struct member, else empty
 */
public record FieldType(
    String name, int offset, int size, int bitPosition, int bitLength, String typeName) {

  /** Whether only some bits of the underlying integer belong to the member. */
  public boolean isBitField() {
    return bitLength > 0;
  }
}
