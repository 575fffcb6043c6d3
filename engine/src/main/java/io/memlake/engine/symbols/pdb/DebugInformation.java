package io.memlake.engine.symbols.pdb;

import java.io.IOException;

/**
 * Stream 3: which other streams hold what.
 *
 * <pre>
 * 0 signature (-1)   8 age   20 symbol record stream (u16)
 * 24 six substream sizes: modules, section contributions, section map, sources, type servers; at 48
 *    the optional debug header's size and at 52 that of the edit-and-continue names
 * 58 machine (u16)   64 the substreams in that order, edit-and-continue before the debug header
 * </pre>
 *
 * @param age what the RSDS record of the binary repeats
 * @param machine machine type as in the PE header
 * @param symbolStream stream of symbol records, or a number without a stream
 * @param sections stream of section headers
 * @param originalSections stream of section headers before the linker moved code around
 * @param moves stream that maps original to final addresses
 */
record DebugInformation(
    int age, int machine, int symbolStream, int sections, int originalSections, int moves) {
  static final int NO_STREAM = 0xFFFF;

  private static final int HEADER_BYTES = 64;
  private static final int[] SUBSTREAM_SIZES = {24, 28, 32, 36, 40, 52};
  private static final int DEBUG_HEADER_SIZE = 48;
  private static final int MOVES_FROM_ORIGINAL = 4;
  private static final int SECTIONS = 5;
  private static final int ORIGINAL_SECTIONS = 10;

  static DebugInformation read(MsfFile file) throws IOException {
    RecordReader stream = file.stream(MsfFile.DEBUG_INFORMATION, "debug information");
    if (stream.i32(0) != -1) {
      throw stream.corrupt(0, "its debug information is older than Visual C++ 5");
    }
    long start = HEADER_BYTES;
    for (int at : SUBSTREAM_SIZES) {
      start += Math.max(0, stream.i32(at));
    }
    int count = Math.max(0, stream.i32(DEBUG_HEADER_SIZE)) / Short.BYTES;
    return new DebugInformation(
        stream.i32(8),
        stream.u16(58),
        stream.u16(20),
        entry(stream, start, count, SECTIONS),
        entry(stream, start, count, ORIGINAL_SECTIONS),
        entry(stream, start, count, MOVES_FROM_ORIGINAL));
  }

  private static int entry(RecordReader stream, long start, int count, int index)
      throws IOException {
    long at = start + (long) index * Short.BYTES;
    return index < count && at < stream.size() ? stream.u16((int) at) : NO_STREAM;
  }
}
