package io.memlake.engine.symbols;

import io.memlake.engine.bytes.LittleEndian;

/**
 * An unsigned 16-bit number at a fixed place of a structure.
 *
 * @param offset bytes from the start of the structure
 */
public record U16Field(int offset) {
  /** The 16-bit number of the structure that starts at {@code base} in {@code bytes}. */
  public int in(byte[] bytes, int base) {
    return LittleEndian.u16(bytes, base + offset);
  }
}
