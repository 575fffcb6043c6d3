package io.memlake.engine.symbols;

import io.memlake.engine.bytes.LittleEndian;

/**
 * Some or all bits of a number at a fixed place of a structure. Windows turns whole numbers into
 * bit fields, and back, from build to build, so one accessor reads both.
 *
 * @param offset bytes from the start of the structure to the number
 * @param size bytes of the number: 1, 2, 4 or 8
 * @param bitPosition lowest bit
 * @param mask the bits after shifting down by {@code bitPosition}
 */
public record BitsField(int offset, int size, int bitPosition, long mask) {
  /** Accepts bits that lie in the number. */
  public BitsField {
    if (size != 1 && size != 2 && size != 4 && size != 8) {
      throw new IllegalArgumentException("A number has 1, 2, 4 or 8 bytes, not " + size);
    }
    if (bitPosition < 0 || bitPosition >= size * 8) {
      throw new IllegalArgumentException("Bit " + bitPosition + " is outside " + size + " bytes");
    }
  }

  /** The bits that {@code field} names; all bits when it is no bit field. */
  static BitsField of(FieldType field) {
    int length = field.isBitField() ? field.bitLength() : field.size() * 8;
    long mask = length >= Long.SIZE ? -1L : (1L << length) - 1;
    return new BitsField(field.offset(), field.size(), field.bitPosition(), mask);
  }

  /** The bits, shifted down, of the structure that starts at {@code base} in {@code bytes}. */
  public long in(byte[] bytes, int base) {
    int at = base + offset;
    return switch (size) {
      case 1 -> of(LittleEndian.u8(bytes, at));
      case 2 -> of(LittleEndian.u16(bytes, at));
      case 4 -> of(LittleEndian.u32(bytes, at));
      default -> of(LittleEndian.i64(bytes, at));
    };
  }

  /** The bits, shifted down, of a number that was read before. */
  public long of(long number) {
    return (number >>> bitPosition) & mask;
  }
}
