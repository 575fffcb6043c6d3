package io.memlake.engine.symbols;

import io.memlake.engine.bytes.LittleEndian;

/**
 * An address at a fixed place of a structure.
 *
 * @param offset bytes from the start of the structure
 * @param size 8 in 64-bit structures, 4 in 32-bit ones (also in the 32-bit structures that a 64-bit
 *     kernel knows, such as {@code _PEB32})
 */
public record PointerField(int offset, int size) {
  /** Accepts the two widths that Windows has. */
  public PointerField {
    if (size != Integer.BYTES && size != Long.BYTES) {
      throw new IllegalArgumentException("A pointer has 4 or 8 bytes, not " + size);
    }
  }

  /**
   * The address in the structure that starts at {@code base} in {@code bytes}; 32-bit addresses are
   * not sign-extended.
   */
  public long in(byte[] bytes, int base) {
    return size == Long.BYTES
        ? LittleEndian.i64(bytes, base + offset)
        : LittleEndian.u32(bytes, base + offset);
  }
}
