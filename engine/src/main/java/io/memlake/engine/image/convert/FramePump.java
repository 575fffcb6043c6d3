package io.memlake.engine.image.convert;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/** Moves frames from a memory to an output, many at a time, and keeps count. */
final class FramePump {
  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;

  /** Frames moved at once: 4 MiB. */
  private static final int BATCH = 1024;

  private static final byte[] ZEROS = new byte[PAGE_SIZE];

  private final PhysicalMemory memory;
  private final ImageOutput out;
  private final LongConsumer progress;
  private final GapList gaps = new GapList();
  private final byte[] buffer = new byte[BATCH * PAGE_SIZE];
  private final boolean[] present = new boolean[BATCH];
  private long pagesWritten;
  private long bytesWritten;

  /** {@code progress} is told the frames moved since it was told last. */
  FramePump(PhysicalMemory memory, ImageOutput out, LongConsumer progress) {
    this.memory = memory;
    this.out = out;
    this.progress = progress;
  }

  void header(byte[] bytes) throws IOException {
    out.write(bytes, 0, bytes.length);
    bytesWritten += bytes.length;
  }

  /** Zeros for frames that the evidence does not have. */
  void gap(long firstPfn, long pageCount, PageState state) throws IOException {
    gaps.add(firstPfn, pageCount, state);
    out.skip(pageCount << PhysicalMemory.PAGE_SHIFT);
    bytesWritten += pageCount << PhysicalMemory.PAGE_SHIFT;
  }

  /** A gap that the format leaves out. */
  void leaveOut(long firstPfn, long pageCount, PageState state) {
    gaps.add(firstPfn, pageCount, state);
  }

  /** Frames of zeros that the format names without storing them. */
  void elided(long pageCount) {
    pagesWritten += pageCount;
    progress.accept(pageCount);
  }

  /** Frames of a run; those that cannot be had after all become zeros and a gap. */
  void frames(long firstPfn, long pageCount, PageState state) throws IOException {
    for (long done = 0; done < pageCount; ) {
      int count = (int) Math.min(BATCH, pageCount - done);
      memory.readPages(firstPfn + done, count, buffer, 0, present);
      write(firstPfn + done, count, state);
      progress.accept(count);
      done += count;
    }
  }

  private void write(long firstPfn, int count, PageState state) throws IOException {
    int i = 0;
    while (i < count) {
      boolean zero = isZero(i);
      int from = i;
      while (i < count && isZero(i) == zero) {
        note(firstPfn + i, present[i], state);
        i++;
      }
      if (zero) {
        out.skip((long) (i - from) * PAGE_SIZE);
      } else {
        out.write(buffer, from * PAGE_SIZE, (i - from) * PAGE_SIZE);
      }
    }
    bytesWritten += (long) count * PAGE_SIZE;
  }

  private void note(long pfn, boolean there, PageState state) {
    if (there) {
      pagesWritten++;
      if (!state.readable()) {
        gaps.add(pfn, 1, state);
      }
    } else {
      gaps.add(pfn, 1, state.readable() ? PageState.UNREADABLE : state);
    }
  }

  private boolean isZero(int page) {
    int at = page * PAGE_SIZE;
    return Arrays.equals(buffer, at, at + PAGE_SIZE, ZEROS, 0, PAGE_SIZE);
  }

  ConversionReport report(String format, boolean zeroFilled) {
    List<PageRun> rising = new ArrayList<>(gaps.gaps());
    rising.sort(Comparator.comparingLong(PageRun::firstPfn));
    return new ConversionReport(format, bytesWritten, pagesWritten, rising, zeroFilled);
  }
}
