package io.memlake.engine.symbols.pdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.symbols.CorruptSymbolsException;
import java.util.Arrays;

/** One stream of a PDB; every read is checked and fails with the name of the file and stream. */
final class RecordReader {
  private final String file;
  private final String stream;
  private final byte[] bytes;

  RecordReader(String file, String stream, byte[] bytes) {
    this.file = file;
    this.stream = stream;
    this.bytes = bytes;
  }

  int size() {
    return bytes.length;
  }

  int u8(int offset) throws CorruptSymbolsException {
    check(offset, Byte.BYTES);
    return LittleEndian.u8(bytes, offset);
  }

  int u16(int offset) throws CorruptSymbolsException {
    check(offset, Short.BYTES);
    return LittleEndian.u16(bytes, offset);
  }

  int i32(int offset) throws CorruptSymbolsException {
    check(offset, Integer.BYTES);
    return LittleEndian.i32(bytes, offset);
  }

  long u32(int offset) throws CorruptSymbolsException {
    check(offset, Integer.BYTES);
    return LittleEndian.u32(bytes, offset);
  }

  long i64(int offset) throws CorruptSymbolsException {
    check(offset, Long.BYTES);
    return LittleEndian.i64(bytes, offset);
  }

  byte[] bytes(int offset, int length) throws CorruptSymbolsException {
    check(offset, length);
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** A text that ends with a zero byte before {@code end}. */
  String text(int offset, int end) throws CorruptSymbolsException {
    return new String(bytes, offset, textBytes(offset, end), UTF_8);
  }

  /** How many bytes the text at {@code offset} has, without its zero. */
  int textBytes(int offset, int end) throws CorruptSymbolsException {
    int limit = Math.min(end, bytes.length);
    for (int i = offset; i >= 0 && i < limit; i++) {
      if (bytes[i] == 0) {
        return i - offset;
      }
    }
    throw corrupt(offset, "a name does not end");
  }

  CorruptSymbolsException corrupt(int offset, String reason) {
    return new CorruptSymbolsException(
        file, reason + " (" + stream + ", offset " + Hex.address(offset) + ")");
  }

  private void check(int offset, int length) throws CorruptSymbolsException {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw corrupt(offset, "it ends too early");
    }
  }
}
