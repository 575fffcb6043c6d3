package io.memlake.engine.paging;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.Arrays;
import java.util.List;

/** Which frames have bytes, for the question asked once an entry. */
final class ReadableFrames {
  private final long[] starts;
  private final long[] ends;
  private int last;

  ReadableFrames(PhysicalMemory memory) {
    List<PageRun> runs = memory.runs().stream().filter(run -> run.state().readable()).toList();
    starts = runs.stream().mapToLong(PageRun::firstPfn).toArray();
    ends = runs.stream().mapToLong(PageRun::endPfn).toArray();
  }

  boolean contains(long pfn) {
    if (starts.length == 0) {
      return false;
    }
    if (pfn < starts[last] || pfn >= ends[last]) {
      int found = Arrays.binarySearch(starts, pfn);
      last = found >= 0 ? found : Math.max(0, -found - 2);
    }
    return pfn >= starts[last] && pfn < ends[last];
  }

  /** How many frames from the one last asked about are in the evidence, or are not, as it is. */
  long alikeFrom(long pfn) {
    if (starts.length == 0) {
      return Long.MAX_VALUE;
    }
    if (pfn < starts[last]) {
      return starts[last] - pfn;
    }
    if (pfn < ends[last]) {
      return ends[last] - pfn;
    }
    return last + 1 < starts.length ? starts[last + 1] - pfn : Long.MAX_VALUE;
  }
}
