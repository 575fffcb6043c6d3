package io.memlake.engine.kernel.calibration;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PagedAddressSpace;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * The client id of a thread, told from its place on the list of its process: the process number and
 * a thread number side by side, not far from the link.
 */
final class ThreadNumbers {
  /** The numbers lie in front of the link in every build, by less than this. */
  private static final int REACH = 0x200;

  private static final long HIGHEST_NUMBER = 1L << 26;

  private ThreadNumbers() {}

  /**
   * Where the client id lies, seen from the link of a thread.
   *
   * @return bytes from the link, negative when it lies in front; empty when there is none
   */
  static OptionalInt near(ProcessSample process, long link) throws IOException {
    PagedAddressSpace space = process.space();
    byte[] bytes = new byte[2 * REACH];
    long start = link - REACH;
    if (!space.read(start, bytes, 0, bytes.length)) {
      return OptionalInt.empty();
    }
    for (int at = 0; at + 2 * Long.BYTES <= bytes.length; at += Long.BYTES) {
      long thread = LittleEndian.i64(bytes, at + Long.BYTES);
      if (LittleEndian.i64(bytes, at) == process.pid()
          && thread > 0
          && thread <= HIGHEST_NUMBER
          && thread % 4 == 0) {
        return OptionalInt.of(at - REACH);
      }
    }
    return OptionalInt.empty();
  }
}
