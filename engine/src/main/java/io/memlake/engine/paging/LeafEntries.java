package io.memlake.engine.paging;

import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/** What the last level of the tables says: counts each entry and tells the visitor its runs. */
final class LeafEntries {
  private static final int RIGHTS = MappingFlags.WRITABLE | MappingFlags.EXECUTABLE;

  private final PagedAddressSpace space;
  private final PagingMode mode;
  private final PteLayout layout;
  private final MappingVisitor visitor;
  private final MappingRuns runs;
  private final ReadableFrames frames;
  private final PageTableCounts counts;
  private final long maxRuns;

  LeafEntries(
      PagedAddressSpace space, MappingVisitor visitor, PageTableCounts counts, long maxRuns) {
    this.space = space;
    this.mode = space.mode();
    this.layout = space.layout();
    this.visitor = visitor;
    this.runs = new MappingRuns(visitor);
    this.frames = new ReadableFrames(space.memory());
    this.counts = counts;
    this.maxRuns = maxRuns;
  }

  void end() {
    runs.end();
  }

  void addLarge(long virtualAddress, long entry, int level, int rights) {
    counts.largePages++;
    long pfn = mode.largeFrame(level, entry) >>> PhysicalMemory.PAGE_SHIFT;
    long pages = 1L << (mode.shift(level) - PhysicalMemory.PAGE_SHIFT);
    frames(virtualAddress, pfn, pages, rights | MappingFlags.LARGE, true);
  }

  void add(long virtualAddress, long entry, int rights) throws IOException {
    if (isFull()) {
      return;
    }
    PteKind kind = PteDecoder.kindOf(entry, layout);
    if (kind == PteKind.HARDWARE) {
      counts.validPtes++;
      long pfn = mode.frame(entry) >>> PhysicalMemory.PAGE_SHIFT;
      frames(virtualAddress, pfn, 1, rights & PageTableWalker.rightsOf(entry, mode), true);
      return;
    }
    visitor.invalidEntry(virtualAddress, entry, kind);
    switch (kind) {
      case TRANSITION -> {
        counts.transition++;
        long pfn = PteDecoder.transitionPfn(entry, layout);
        frames(virtualAddress, pfn, 1, privateFlags(virtualAddress, entry), false);
      }
      case PAGE_FILE -> {
        int number = PteDecoder.pageFileNumber(entry, layout);
        counts.pageFiles[number]++;
        long page = PteDecoder.pageFileOffset(entry, layout);
        runs.pageFile(virtualAddress, number, page, privateFlags(virtualAddress, entry));
      }
      case PROTOTYPE -> {
        counts.prototype++;
        addPrototype(virtualAddress, entry);
      }
      case VAD_LOOKUP, SUBSECTION -> counts.prototype++;
      case DEMAND_ZERO -> counts.demandZero++;
      case DECOMMITTED -> counts.decommitted++;
      case FILE_BACKED -> counts.fileBacked++;
      default -> counts.unknown++;
    }
  }

  private void addPrototype(long virtualAddress, long entry) throws IOException {
    long prototype = space.readPrototype(PteDecoder.prototypeAddress(entry, layout));
    int flags = flags(virtualAddress, entry, prototype) | MappingFlags.PROTOTYPE;
    switch (PteDecoder.kindOfPrototype(prototype, layout)) {
      case HARDWARE ->
          frames(
              virtualAddress, mode.frame(prototype) >>> PhysicalMemory.PAGE_SHIFT, 1, flags, false);
      case TRANSITION ->
          frames(virtualAddress, PteDecoder.transitionPfn(prototype, layout), 1, flags, false);
      case PAGE_FILE ->
          runs.pageFile(
              virtualAddress,
              PteDecoder.pageFileNumber(prototype, layout),
              PteDecoder.pageFileOffset(prototype, layout),
              flags);
      // Zeros, or in a file: no place of the evidence holds the page.
      default -> {}
    }
  }

  private void frames(long virtualAddress, long firstPfn, long pages, int flags, boolean valid) {
    boolean missing = false;
    long told = 0;
    while (told < pages) {
      long pfn = firstPfn + told;
      boolean present = frames.contains(pfn);
      long alike = Math.min(pages - told, frames.alikeFrom(pfn));
      missing |= !present;
      runs.frames(
          virtualAddress + (told << PhysicalMemory.PAGE_SHIFT),
          pfn,
          alike,
          present ? flags : flags | MappingFlags.NOT_IN_EVIDENCE);
      told += alike;
      if (isFull()) {
        return;
      }
    }
    if (missing && valid) {
      counts.missingPfns++;
    }
  }

  private boolean isFull() {
    if (runs.count() >= maxRuns) {
      counts.complete = false;
    }
    return !counts.complete;
  }

  private int privateFlags(long virtualAddress, long entry) {
    return flags(virtualAddress, entry, 0) | MappingFlags.PRIVATE;
  }

  /** Rights of an entry that is not valid; without any of its own, those of its prototype. */
  private int flags(long virtualAddress, long entry, long prototype) {
    int protection = PteDecoder.protection(entry, layout);
    if (protection == 0 && !PteDecoder.isValid(prototype)) {
      protection = PteDecoder.protection(prototype, layout);
    }
    int rights =
        protection == 0 && PteDecoder.isValid(prototype)
            ? PageTableWalker.rightsOf(prototype, mode) & RIGHTS
            : MappingFlags.ofProtection(protection);
    int half = mode.isKernel(virtualAddress) ? 0 : MappingFlags.USER;
    return rights | half | MappingFlags.NOT_VALID;
  }
}
