package io.memlake.engine.physical;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The frames of one machine. Caches and overlays wrap a {@code PhysicalMemory} and are one.
 *
 * <p>A frame that is not there is an ordinary answer, never an exception. Only a failing medium
 * throws. One instance belongs to one thread.
 */
public interface PhysicalMemory extends Closeable {
  /** Bytes of a frame. */
  int PAGE_SIZE = 4096;

  /** Number of bits of the offset inside a frame. */
  int PAGE_SHIFT = 12;

  /** What errors call this memory: the name of its image. */
  String name();

  /** All runs in rising order without overlaps, holes between RAM left out. */
  List<PageRun> runs();

  /** What the evidence says about one frame. */
  PageState stateOf(long pfn);

  /**
   * Reads {@code length} bytes that lie inside one frame.
   *
   * @return false, and {@code target} unchanged, when the frame has no bytes; false also, with the
   *     range of {@code target} undefined, when a frame that {@link #stateOf} calls present cannot
   *     be had after all, since the file shrank or its chunk cannot be decoded
   * @throws IOException when the medium fails
   */
  boolean read(long physicalAddress, byte[] target, int offset, int length) throws IOException;

  /**
   * Reads {@code count} frames that follow each other, for scanners: frames without bytes are
   * zero-filled in {@code target} and false in {@code present}. Containers override it with one
   * large read.
   */
  default void readPages(long firstPfn, int count, byte[] target, int offset, boolean[] present)
      throws IOException {
    for (int i = 0; i < count; i++) {
      int at = offset + (i << PAGE_SHIFT);
      present[i] = read((firstPfn + i) << PAGE_SHIFT, target, at, PAGE_SIZE);
      if (!present[i]) {
        java.util.Arrays.fill(target, at, at + PAGE_SIZE, (byte) 0);
      }
    }
  }

  /** The first frame number after the last run; 0 when there is no run. */
  default long endPfn() {
    List<PageRun> runs = runs();
    return runs.isEmpty() ? 0 : runs.get(runs.size() - 1).endPfn();
  }

  /** Frames that have bytes. */
  default long readablePages() {
    return runs().stream()
        .filter(run -> run.state().readable())
        .mapToLong(PageRun::pageCount)
        .sum();
  }

  @Override
  void close() throws IOException;
}
