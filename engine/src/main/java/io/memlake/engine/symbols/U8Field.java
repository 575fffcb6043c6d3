package io.memlake.engine.symbols;

import io.memlake.engine.bytes.LittleEndian;

/**
 * An unsigned 8-bit number at a fixed place of a structure.
 *
 * @param offset bytes from the start of the structure
 */
public record U8Field(int offset) {
  /** The 8-bit number of the structure that starts at {@code base} in {@code bytes}. */
  public int in(byte[] bytes, int base) {
    return LittleEndian.u8(bytes, base + offset);
  }
}
