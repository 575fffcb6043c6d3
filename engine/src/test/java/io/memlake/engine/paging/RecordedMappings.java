package io.memlake.engine.paging;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Writes down what a walk tells, page by page. */
final class RecordedMappings implements MappingVisitor {
  record Page(long place, int flags) {}

  final TreeMap<Long, Page> frames = new TreeMap<>();
  final TreeMap<Long, String> pageFiles = new TreeMap<>();
  final List<Long> tables = new ArrayList<>();
  int runs;

  @Override
  public void frames(long virtualAddress, long firstPfn, long pages, int flags) {
    runs++;
    for (long i = 0; i < pages; i++) {
      frames.put(virtualAddress + (i << 12), new Page(firstPfn + i, flags));
    }
  }

  @Override
  public void pageFile(long virtualAddress, int number, long firstPage, long pages, int flags) {
    runs++;
    for (long i = 0; i < pages; i++) {
      pageFiles.put(virtualAddress + (i << 12), number + ":" + (firstPage + i));
    }
  }

  @Override
  public void table(long virtualAddress, long pfn, int level) {
    tables.add(pfn);
  }
}
