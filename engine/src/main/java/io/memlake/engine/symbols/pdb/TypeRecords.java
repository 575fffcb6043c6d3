package io.memlake.engine.symbols.pdb;

import io.memlake.engine.symbols.CorruptSymbolsException;
import java.io.IOException;

/**
 * Stream 2: type records, numbered from the first index in the header. A record is its length (u16,
 * without itself), its kind (u16) and its content.
 */
final class TypeRecords {
  /** Types of one binary; a big private kernel PDB has some 200 000. */
  static final int MAX_TYPES = 16 << 20;

  private static final int HEADER_SIZE = 4;
  private static final int FIRST_INDEX = 8;
  private static final int END_INDEX = 12;

  private final RecordReader stream;
  private final int firstIndex;
  private final int[] starts;

  private TypeRecords(RecordReader stream, int firstIndex, int[] starts) {
    this.stream = stream;
    this.firstIndex = firstIndex;
    this.starts = starts;
  }

  static TypeRecords read(MsfFile file) throws IOException {
    RecordReader stream = file.stream(MsfFile.TYPES, "types");
    int first = stream.i32(FIRST_INDEX);
    long count = (long) stream.i32(END_INDEX) - first;
    if (first < 0 || count < 0 || count > Math.min(MAX_TYPES, stream.size() / 4)) {
      throw stream.corrupt(FIRST_INDEX, "type numbers from " + first + " on, " + count + " types");
    }
    int[] starts = new int[(int) count + 1];
    int at = stream.i32(HEADER_SIZE);
    for (int i = 0; i < count; i++) {
      starts[i] = at;
      int length = stream.u16(at);
      if (length < Short.BYTES) {
        throw stream.corrupt(at, "a type record is too short");
      }
      at += Short.BYTES + length;
    }
    starts[(int) count] = at;
    return new TypeRecords(stream, first, starts);
  }

  RecordReader stream() {
    return stream;
  }

  int firstIndex() {
    return firstIndex;
  }

  int endIndex() {
    return firstIndex + starts.length - 1;
  }

  boolean has(int index) {
    return index >= firstIndex && index < endIndex();
  }

  int kind(int index) throws CorruptSymbolsException {
    return stream.u16(starts[index - firstIndex] + Short.BYTES);
  }

  /** Offset of the content of a record in the stream. */
  int content(int index) {
    return starts[index - firstIndex] + 4;
  }

  int end(int index) {
    return starts[index - firstIndex + 1];
  }
}
