package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.schemas.evidence.Absence;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads cells and checks that they lie where a cell can lie.
 *
 * <pre>
 * cell = size:4 body     size below zero: in use; above zero: free; a multiple of 8, itself included
 * </pre>
 */
final class CellReader {
  /** Bytes of the size field before the body. */
  static final int HEADER = 4;

  private static final int ALIGNMENT = 8;

  private final CellSource source;
  private final byte[] header = new byte[HEADER];

  CellReader(CellSource source) {
    this.source = source;
  }

  /** The size field of the cell as it stands: below zero for a cell in use. */
  int size(int cell, String what) throws IOException, CellException {
    long offset = CellSource.offset(cell);
    long length = source.length(CellSource.isVolatile(cell));
    if (cell == CellSource.NO_CELL || offset % ALIGNMENT != 0 || offset + ALIGNMENT > length) {
      throw unparsable(cell, what + " lies outside the hive");
    }
    if (!source.read(cell, header, 0, HEADER)) {
      throw new CellException(cell, Absence.UNREADABLE, what + " is in a page that is absent");
    }
    int size = LittleEndian.i32(header, 0);
    long bytes = Math.abs((long) size);
    if (bytes < ALIGNMENT || bytes % ALIGNMENT != 0 || offset + bytes > length) {
      throw unparsable(cell, what + " has the cell size " + size);
    }
    return size;
  }

  /**
   * The first {@code length} bytes of the body of a cell whose size field is {@code size}.
   *
   * @throws CellException when the cell is smaller, or a page of it is absent
   */
  byte[] body(int cell, int size, int length, String what) throws IOException, CellException {
    if (length > Math.abs((long) size) - HEADER) {
      throw unparsable(
          cell,
          what
              + " needs "
              + length
              + " bytes and its cell has "
              + (Math.abs((long) size) - HEADER));
    }
    byte[] body = new byte[length];
    if (!source.read(cell + HEADER, body, 0, length)) {
      throw new CellException(cell, Absence.UNREADABLE, what + " is in a page that is absent");
    }
    return body;
  }

  /**
   * Reads a range block by block, zeros for absent ones.
   *
   * @param present set for each byte of {@code target} that was read, when not null
   * @return how many bytes are absent
   */
  int sparse(int position, byte[] target, int length, boolean[] present) throws IOException {
    int missing = 0;
    for (int done = 0; done < length; ) {
      int inBlock = (int) (CellSource.offset(position + done) % CellSource.BLOCK);
      int count = Math.min(length - done, CellSource.BLOCK - inBlock);
      boolean there = source.read(position + done, target, done, count);
      if (!there) {
        Arrays.fill(target, done, done + count, (byte) 0);
        missing += count;
      }
      if (present != null) {
        Arrays.fill(present, done, done + count, there);
      }
      done += count;
    }
    return missing;
  }

  static CellException unparsable(int cell, String detail) {
    return new CellException(cell, Absence.UNPARSABLE, detail);
  }

  /** Text of a cell index for messages. */
  static String index(int cell) {
    return Hex.address(Integer.toUnsignedLong(cell));
  }
}
