package io.memlake.testdata.layout;

/**
 * One field of a structure.
 *
 * @param offset bytes from the start of the structure
 * @param size bytes of the field, or of the word that holds the bits
 * @param bitPosition lowest bit inside the word; 0 for a whole field
 * @param bitLength number of bits; 0 for a whole field
 */
public record FieldLayout(int offset, int size, int bitPosition, int bitLength) {

  /** A field of whole bytes. */
  public static FieldLayout bytes(int offset, int size) {
    return new FieldLayout(offset, size, 0, 0);
  }

  /** Whether the field is a group of bits inside a word. */
  public boolean isBits() {
    return bitLength != 0;
  }
}
