package io.memlake.engine.image.convert;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import java.util.ArrayList;
import java.util.List;

/** Gaps in rising order; neighbours of one state become one. */
final class GapList {
  private final List<PageRun> gaps = new ArrayList<>();

  void add(long firstPfn, long pageCount, PageState state) {
    if (pageCount <= 0) {
      return;
    }
    if (!gaps.isEmpty()) {
      PageRun last = gaps.get(gaps.size() - 1);
      if (last.endPfn() == firstPfn && last.state() == state) {
        gaps.set(
            gaps.size() - 1, new PageRun(last.firstPfn(), last.pageCount() + pageCount, state));
        return;
      }
    }
    gaps.add(new PageRun(firstPfn, pageCount, state));
  }

  List<PageRun> gaps() {
    return gaps;
  }
}
