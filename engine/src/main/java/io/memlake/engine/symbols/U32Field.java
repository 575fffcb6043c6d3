package io.memlake.engine.symbols;

import io.memlake.engine.bytes.LittleEndian;

/**
 * An unsigned 32-bit number at a fixed place of a structure.
 *
 * @param offset bytes from the start of the structure
 */
public record U32Field(int offset) {
  /** The 32-bit number, of the structure that starts at {@code base} in {@code bytes}. */
  public long in(byte[] bytes, int base) {
    return LittleEndian.u32(bytes, base + offset);
  }
}
