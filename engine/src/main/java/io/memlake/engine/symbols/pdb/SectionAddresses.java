package io.memlake.engine.symbols.pdb;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;

/** Turns section and offset of a symbol into its distance from the base of the loaded binary. */
final class SectionAddresses {
  private static final int HEADER_BYTES = 40;
  private static final int VIRTUAL_ADDRESS = 12;
  private static final int MOVE_BYTES = 8;

  private final long[] starts;

  /** Addresses where moved blocks began and where they lie now; empty when nothing moved. */
  private final long[] movedFrom;

  private final long[] movedTo;

  private SectionAddresses(long[] starts, long[] movedFrom, long[] movedTo) {
    this.starts = starts;
    this.movedFrom = movedFrom;
    this.movedTo = movedTo;
  }

  static SectionAddresses read(MsfFile file, DebugInformation debug) throws IOException {
    boolean moved = file.has(debug.moves()) && file.has(debug.originalSections());
    int stream = moved ? debug.originalSections() : debug.sections();
    if (!file.has(stream)) {
      return new SectionAddresses(new long[0], new long[0], new long[0]);
    }
    RecordReader headers = file.stream(stream, "section headers");
    long[] starts = new long[headers.size() / HEADER_BYTES];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = headers.u32(i * HEADER_BYTES + VIRTUAL_ADDRESS);
    }
    RecordReader moves = moved ? file.stream(debug.moves(), "address moves") : null;
    int count = moved ? moves.size() / MOVE_BYTES : 0;
    long[] from = new long[count];
    long[] to = new long[count];
    for (int i = 0; i < count; i++) {
      from[i] = moves.u32(i * MOVE_BYTES);
      to[i] = moves.u32(i * MOVE_BYTES + Integer.BYTES);
      if (i > 0 && from[i] < from[i - 1]) {
        throw moves.corrupt(i * MOVE_BYTES, "address moves are not sorted");
      }
    }
    return new SectionAddresses(starts, from, to);
  }

  /**
   * Where a symbol lies.
   *
   * @param section counted from 1
   * @return empty for absolute symbols and for code that the linker dropped
   */
  OptionalLong rva(int section, long offset) {
    if (section < 1 || section > starts.length) {
      return OptionalLong.empty();
    }
    long original = starts[section - 1] + offset;
    if (movedFrom.length == 0) {
      return OptionalLong.of(original);
    }
    int found = Arrays.binarySearch(movedFrom, original);
    int block = found >= 0 ? found : -found - 2;
    if (block < 0 || movedTo[block] == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(movedTo[block] + (original - movedFrom[block]));
  }
}
