package io.memlake.engine.symbols;

/**
 * One member of a structure as the symbols describe it.
 *
 * @param name name in the Windows symbols; members of unnamed structs appear under their own name
 * @param kind what the bytes are
 * @param offset bytes from the start of the structure
 * @param size bytes of the member (of the underlying integer for a bit field, of all elements for
 *     an array); 0 when the symbols do not say
 * @param bitPosition lowest bit of a bit field, 0 otherwise
 * @param bitLength bits of a bit field, 0 when the member is not one
 * @param count elements of an array, all dimensions multiplied; 0 and 1 are usual for tails of
 *     variable length; 0 when the member is not an array
 * @param elementKind what an array element is; the kind itself when the member is not an array
 * @param elementSize bytes of one array element; the size itself when the member is not an array
 * @param typeName name of the structure or enumeration for such a member, for a pointer to one and
 *     for an array of either, else empty
 */
public record FieldType(
    String name,
    FieldKind kind,
    int offset,
    int size,
    int bitPosition,
    int bitLength,
    int count,
    FieldKind elementKind,
    int elementSize,
    String typeName) {

  /** A member that is no array and no bit field. */
  public static FieldType plain(
      String name, FieldKind kind, int offset, int size, String typeName) {
    return new FieldType(name, kind, offset, size, 0, 0, 0, kind, size, typeName);
  }

  /** {@code bitLength} bits from {@code bitPosition} of an integer of {@code size} bytes. */
  public static FieldType bits(String name, int offset, int size, int bitPosition, int bitLength) {
    return new FieldType(
        name, FieldKind.BITS, offset, size, bitPosition, bitLength, 0, FieldKind.BITS, size, "");
  }

  /** {@code count} elements of {@code elementSize} bytes. */
  public static FieldType array(
      String name, int offset, int count, FieldKind elementKind, int elementSize, String typeName) {
    return new FieldType(
        name,
        FieldKind.ARRAY,
        offset,
        Math.multiplyExact(count, elementSize),
        0,
        0,
        count,
        elementKind,
        elementSize,
        typeName);
  }

  /** The same member under another name, {@code distance} bytes further on. */
  public FieldType movedBy(int distance, String newName) {
    return new FieldType(
        newName,
        kind,
        offset + distance,
        size,
        bitPosition,
        bitLength,
        count,
        elementKind,
        elementSize,
        typeName);
  }

  /** Whether only some bits of the underlying integer belong to the member. */
  public boolean isBitField() {
    return bitLength > 0;
  }
}
