package io.memlake.engine.paging;

import io.memlake.engine.physical.PhysicalMemory;

/** Joins pages that follow each other into runs before a visitor sees them. */
final class MappingRuns {
  private static final int FRAMES = -1;

  private final MappingVisitor visitor;
  private long virtualAddress;
  private long place;
  private long pages;
  private long count;
  private int flags;
  private int pageFile = FRAMES;

  MappingRuns(MappingVisitor visitor) {
    this.visitor = visitor;
  }

  void frames(long address, long pfn, long length, int mappingFlags) {
    add(address, FRAMES, pfn, length, mappingFlags);
  }

  void pageFile(long address, int number, long page, int mappingFlags) {
    add(address, number, page, 1, mappingFlags);
  }

  /** Runs that were begun so far. */
  long count() {
    return count;
  }

  /** Tells the run that is being built, if there is one. */
  void end() {
    if (pages == 0) {
      return;
    }
    if (pageFile == FRAMES) {
      visitor.frames(virtualAddress, place, pages, flags);
    } else {
      visitor.pageFile(virtualAddress, pageFile, place, pages, flags);
    }
    pages = 0;
  }

  private void add(long address, int file, long at, long length, int mappingFlags) {
    boolean follows =
        pages > 0
            && pageFile == file
            && flags == mappingFlags
            && place + pages == at
            && virtualAddress + (pages << PhysicalMemory.PAGE_SHIFT) == address;
    if (follows) {
      pages += length;
      return;
    }
    end();
    count++;
    virtualAddress = address;
    pageFile = file;
    place = at;
    pages = length;
    flags = mappingFlags;
  }
}
