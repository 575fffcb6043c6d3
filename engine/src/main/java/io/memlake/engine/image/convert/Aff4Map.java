package io.memlake.engine.image.convert;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The map of an AFF4 image: which stream holds each range of physical addresses, and where. */
final class Aff4Map {
  static final int DATA = 0;
  static final int ZERO = 1;
  static final int UNREADABLE = 2;

  private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private long end;

  /** Frames that follow each other in one stream. */
  void add(long firstPfn, long pageCount, long target, int stream) {
    if (pageCount <= 0) {
      return;
    }
    byte[] record = new byte[28];
    LittleEndian.putI64(record, 0, firstPfn << PAGE_SHIFT);
    LittleEndian.putI64(record, 8, pageCount << PAGE_SHIFT);
    LittleEndian.putI64(record, 16, target);
    LittleEndian.putI32(record, 24, stream);
    records.writeBytes(record);
    end = (firstPfn + pageCount) << PAGE_SHIFT;
  }

  /**
   * A run whose bytes begin at {@code target} of the data; frames of {@code gaps} inside it could
   * not be had after all and have only filler there.
   */
  void addData(PageRun run, long target, List<PageRun> gaps) {
    long next = run.firstPfn();
    for (PageRun gap : gaps) {
      if (gap.state() != PageState.UNREADABLE || !run.contains(gap.firstPfn())) {
        continue;
      }
      add(next, gap.firstPfn() - next, target + ((next - run.firstPfn()) << PAGE_SHIFT), DATA);
      add(gap.firstPfn(), gap.pageCount(), 0, UNREADABLE);
      next = gap.endPfn();
    }
    add(next, run.endPfn() - next, target + ((next - run.firstPfn()) << PAGE_SHIFT), DATA);
  }

  /** The address after the last range. */
  long end() {
    return end;
  }

  byte[] bytes() {
    return records.toByteArray();
  }
}
