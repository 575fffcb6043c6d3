package io.memlake.engine.symbols.pdb;

import io.memlake.engine.symbols.CorruptSymbolsException;

/**
 * A number of variable length inside a type record: below 0x8000 the number itself, else a code of
 * the type that follows.
 *
 * @param value the number
 * @param end offset behind it
 */
record NumericLeaf(long value, int end) {
  static NumericLeaf read(RecordReader stream, int at) throws CorruptSymbolsException {
    int code = stream.u16(at);
    int next = at + Short.BYTES;
    if (code < 0x8000) {
      return new NumericLeaf(code, next);
    }
    return switch (code) {
      case 0x8000 -> new NumericLeaf((byte) stream.u8(next), next + 1);
      case 0x8001 -> new NumericLeaf((short) stream.u16(next), next + 2);
      case 0x8002 -> new NumericLeaf(stream.u16(next), next + 2);
      case 0x8003 -> new NumericLeaf(stream.i32(next), next + 4);
      case 0x8004 -> new NumericLeaf(stream.u32(next), next + 4);
      case 0x8009, 0x800A -> new NumericLeaf(stream.i64(next), next + 8);
      default -> throw stream.corrupt(at, "a number of unknown type " + code);
    };
  }
}
