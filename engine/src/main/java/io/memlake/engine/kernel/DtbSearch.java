package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects candidates for the directory table base of 64-bit Windows from independent places. */
final class DtbSearch {
  /**
   * Boot loaders place the first top table here; the whole image is only swept when they do not.
   */
  static final long QUICK_RANGE_PAGES = (16L << 20) >> PhysicalMemory.PAGE_SHIFT;

  private final PhysicalMemory memory;
  private final DiscoverySettings settings;
  private final DtbCandidates candidates;
  private Optional<LowStub> stub = Optional.empty();

  private DtbSearch(PhysicalMemory memory, ImageHints hints, DiscoverySettings settings) {
    this.memory = memory;
    this.settings = settings;
    this.candidates = new DtbCandidates(memory, hints);
  }

  static DtbCandidates.Outcome in(
      PhysicalMemory memory, ImageHints hints, DiscoverySettings settings) throws IOException {
    DtbSearch search = new DtbSearch(memory, hints, settings);
    search.quick(hints);
    if (!search.candidates.foundKernel()) {
      search.sweep();
    }
    return search.candidates.outcome();
  }

  private void quick(ImageHints hints) throws IOException {
    OptionalLong header = hints.number(ImageHints.DTB);
    if (header.isPresent()) {
      propose(header.getAsLong(), "dtb.header");
    }
    stub = LowStub.find(memory);
    if (stub.isPresent()) {
      propose(stub.get().dtb(), "dtb.low_stub");
    } else {
      candidates.nothing("dtb.low_stub", "low memory holds no startup stub");
    }
    PhysicalSweep first = PhysicalSweep.over(memory, 0, QUICK_RANGE_PAGES);
    proposeAll(first);
    if (first.tables().isEmpty()) {
      candidates.nothing(
          "dtb.self_map", "no page of the first 16 MiB refers to itself like a top table");
    }
    candidates.open(stub, first.kernelBases());
  }

  private void sweep() throws IOException {
    long limit = settings.maximumSweepBytes() >>> PhysicalMemory.PAGE_SHIFT;
    if (!settings.sweepWholeImage() || limit <= QUICK_RANGE_PAGES) {
      return;
    }
    PhysicalSweep whole = PhysicalSweep.over(memory, 0, Math.min(limit, memory.endPfn()));
    proposeAll(whole);
    if (whole.tables().isEmpty()) {
      candidates.nothing("dtb.self_map", "no page of the image refers to itself like a top table");
    }
    if (whole.systemDtbs().isEmpty()) {
      candidates.nothing("dtb.system_eprocess", "no EPROCESS of System lies in RAM");
    }
    // With the debugger blocks of the whole image known, earlier failures are worth another look.
    candidates.forgetFailures();
    candidates.open(stub, whole.kernelBases());
  }

  private void proposeAll(PhysicalSweep sweep) {
    for (PhysicalSweep.SelfReference table : sweep.tables()) {
      boolean fixed = table.index() == TopTable.FIXED_SELF_INDEX;
      propose(table.dtb(), fixed ? "dtb.self_map_fixed" : "dtb.self_map");
    }
    sweep.systemDtbs().forEach(dtb -> propose(dtb, "dtb.system_eprocess"));
  }

  private void propose(long dtb, String locator) {
    candidates.propose(dtb, PagingMode.X64, locator);
  }
}
