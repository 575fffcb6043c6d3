package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Collects candidates for the directory table base of 32-bit Windows, with and without PAE, from
 * independent places: the header, directories that map themselves, the page of four directories
 * that the boot loader makes, and the System process.
 */
final class NarrowDtbSearch {
  private static final List<PagingMode> MODES = List.of(PagingMode.PAE, PagingMode.X86);

  private final PhysicalMemory memory;
  private final DtbCandidates candidates;

  private NarrowDtbSearch(PhysicalMemory memory, ImageHints hints) {
    this.memory = memory;
    this.candidates = new DtbCandidates(memory, hints);
  }

  static DtbCandidates.Outcome in(
      PhysicalMemory memory, ImageHints hints, DiscoverySettings settings) throws IOException {
    NarrowDtbSearch search = new NarrowDtbSearch(memory, hints);
    OptionalLong header = hints.number(ImageHints.DTB);
    if (header.isPresent()) {
      search.proposeBoth(header.getAsLong(), "dtb.header");
    }
    search.sweep(DtbSearch.QUICK_RANGE_PAGES, "the first 16 MiB");
    long limit = settings.maximumSweepBytes() >>> PhysicalMemory.PAGE_SHIFT;
    if (!search.candidates.foundKernel()
        && settings.sweepWholeImage()
        && limit > DtbSearch.QUICK_RANGE_PAGES) {
      search.candidates.forgetFailures();
      search.sweep(Math.min(limit, memory.endPfn()), "the image");
    }
    return search.candidates.outcome();
  }

  private void sweep(long end, String where) throws IOException {
    NarrowSweep sweep = NarrowSweep.over(memory, end);
    sweep.paeRoots().forEach(root -> candidates.propose(root, PagingMode.PAE, "dtb.pae_root"));
    sweep.directories().forEach(root -> candidates.propose(root, PagingMode.X86, "dtb.x86_root"));
    sweep.systemDtbs().forEach(root -> proposeBoth(root, "dtb.system_eprocess_32"));
    if (sweep.paeRoots().isEmpty() && sweep.directories().isEmpty()) {
      candidates.nothing(
          "dtb.self_map_32", "no page of " + where + " looks like tables of 32-bit Windows");
    }
    candidates.open(Optional.empty(), sweep.kernelBases());
  }

  /** A number alone does not tell the mode; the tables behind it do. */
  private void proposeBoth(long dtb, String locator) {
    MODES.forEach(mode -> candidates.propose(dtb, mode, locator));
  }
}
