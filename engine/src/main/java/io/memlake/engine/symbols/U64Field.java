package io.memlake.engine.symbols;

import io.memlake.engine.bytes.LittleEndian;

/**
 * An unsigned 64-bit number at a fixed place of a structure.
 *
 * @param offset bytes from the start of the structure
 */
public record U64Field(int offset) {
  /**
   * The 64-bit number of the structure that starts at {@code base} in {@code bytes}; addresses
   * compare unsigned.
   */
  public long in(byte[] bytes, int base) {
    return LittleEndian.i64(bytes, base + offset);
  }
}
