package io.memlake.engine.image.convert;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.ArrayList;
import java.util.List;

/** What formats with runs store: neighbouring frames with bytes, whatever their state. */
final class StorableRuns {
  private StorableRuns() {}

  /** Runs of PRESENT and ZERO frames; a cut frame is no longer part of one. */
  static List<PageRun> of(PhysicalMemory memory) {
    List<PageRun> runs = new ArrayList<>();
    for (PageRun run : memory.runs()) {
      if (!run.state().readable()) {
        continue;
      }
      PageRun last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last.endPfn() == run.firstPfn()) {
        runs.set(
            runs.size() - 1,
            new PageRun(last.firstPfn(), last.pageCount() + run.pageCount(), PageState.PRESENT));
      } else {
        runs.add(new PageRun(run.firstPfn(), run.pageCount(), PageState.PRESENT));
      }
    }
    return runs;
  }

  /** Tells the pump which frames the runs leave out. */
  static void reportGaps(PhysicalMemory memory, FramePump pump) {
    long next = 0;
    for (PageRun run : memory.runs()) {
      pump.leaveOut(next, run.firstPfn() - next, PageState.NOT_DUMPED);
      if (!run.state().readable()) {
        pump.leaveOut(run.firstPfn(), run.pageCount(), run.state());
      }
      next = run.endPfn();
    }
  }
}
