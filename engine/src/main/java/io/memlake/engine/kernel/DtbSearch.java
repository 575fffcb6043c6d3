package io.memlake.engine.kernel;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Collects candidates for the directory table base from independent places and opens the kernel
 * through each until one is beyond doubt. Whatever is chosen, each candidate is judged against it
 * in the end.
 */
final class DtbSearch {
  /**
   * Boot loaders place the first top table here; the whole image is only swept when they do not.
   */
  private static final long QUICK_RANGE_PAGES = (16L << 20) >> PhysicalMemory.PAGE_SHIFT;

  /** Each candidate costs a walk over the kernel's region. */
  private static final int MAXIMUM_CANDIDATES = 64;

  private static final long DTB_MASK = 0x000FFFFF_FFFFF000L;

  private final PhysicalMemory memory;
  private final ImageHints hints;
  private final DiscoverySettings settings;
  private final Map<Long, Set<String>> candidates = new LinkedHashMap<>();
  private final List<LocatorVote> votes = new ArrayList<>();
  private final Map<Long, String> failures = new LinkedHashMap<>();
  private Optional<LowStub> stub = Optional.empty();
  private Opened best;

  private DtbSearch(PhysicalMemory memory, ImageHints hints, DiscoverySettings settings) {
    this.memory = memory;
    this.hints = hints;
    this.settings = settings;
  }

  static Outcome in(PhysicalMemory memory, ImageHints hints, DiscoverySettings settings)
      throws IOException {
    DtbSearch search = new DtbSearch(memory, hints, settings);
    search.quick();
    if (search.best == null || search.best.kernel.kernel().isEmpty()) {
      search.sweep();
    }
    return search.outcome();
  }

  private void quick() throws IOException {
    OptionalLong header = hints.number(ImageHints.DTB);
    if (header.isPresent()) {
      propose(header.getAsLong(), "dtb.header");
    }
    stub = LowStub.find(memory);
    if (stub.isPresent()) {
      propose(stub.get().dtb(), "dtb.low_stub");
    } else {
      votes.add(LocatorVote.rejected("dtb.low_stub", 0, "low memory holds no startup stub"));
    }
    PhysicalSweep first = PhysicalSweep.over(memory, 0, QUICK_RANGE_PAGES);
    proposeAll(first);
    if (first.tables().isEmpty()) {
      votes.add(
          LocatorVote.rejected(
              "dtb.self_map", 0, "no page of the first 16 MiB refers to itself like a top table"));
    }
    tryCandidates(first.kernelBases());
  }

  private void sweep() throws IOException {
    long limit = settings.maximumSweepBytes() >>> PhysicalMemory.PAGE_SHIFT;
    if (!settings.sweepWholeImage() || limit <= QUICK_RANGE_PAGES) {
      return;
    }
    PhysicalSweep whole = PhysicalSweep.over(memory, 0, Math.min(limit, memory.endPfn()));
    proposeAll(whole);
    if (whole.tables().isEmpty()) {
      votes.add(
          LocatorVote.rejected(
              "dtb.self_map", 0, "no page of the image refers to itself like a top table"));
    }
    if (whole.systemDtbs().isEmpty()) {
      votes.add(
          LocatorVote.rejected("dtb.system_eprocess", 0, "no EPROCESS of System lies in RAM"));
    }
    // With the debugger blocks of the whole image known, earlier failures are worth another look.
    failures.clear();
    tryCandidates(whole.kernelBases());
  }

  private void proposeAll(PhysicalSweep sweep) {
    for (PhysicalSweep.SelfReference table : sweep.tables()) {
      boolean fixed = table.index() == TopTable.FIXED_SELF_INDEX;
      propose(table.dtb(), fixed ? "dtb.self_map_fixed" : "dtb.self_map");
    }
    sweep.systemDtbs().forEach(dtb -> propose(dtb, "dtb.system_eprocess"));
  }

  private void propose(long dtb, String locator) {
    long base = dtb & DTB_MASK;
    if (candidates.containsKey(base) || candidates.size() < MAXIMUM_CANDIDATES) {
      candidates.computeIfAbsent(base, key -> new LinkedHashSet<>()).add(locator);
    }
  }

  private void tryCandidates(List<Long> namedBases) throws IOException {
    for (long dtb : candidates.keySet()) {
      if (best != null && best.certain()) {
        return;
      }
      if (!failures.containsKey(dtb)) {
        consider(dtb, namedBases);
      }
    }
  }

  private void consider(long dtb, List<Long> namedBases) throws IOException {
    if (dtb == 0 || !memory.stateOf(dtb >>> PhysicalMemory.PAGE_SHIFT).readable()) {
      failures.put(dtb, "the frame is not in the image");
      return;
    }
    AddressSpace space = AddressSpaces.x64(memory, dtb, PteLayout.x64(0), PagedOutPages.NONE);
    Optional<SharedUserData> shared = SharedUserData.read(space);
    KernelSearch.Result kernel = KernelSearch.in(memory, space, hints, stub, namedBases);
    if (shared.isEmpty() && kernel.kernel().isEmpty()) {
      failures.put(dtb, "maps neither KUSER_SHARED_DATA nor a kernel");
      return;
    }
    Opened opened = new Opened(space, shared, kernel);
    if (kernel.kernel().isEmpty()) {
      failures.put(dtb, "maps KUSER_SHARED_DATA but no kernel");
    }
    if (best == null || opened.weight() > best.weight()) {
      best = opened;
    }
  }

  private Outcome outcome() throws IOException {
    for (Map.Entry<Long, Set<String>> candidate : candidates.entrySet()) {
      for (String locator : candidate.getValue()) {
        votes.add(judge(locator, candidate.getKey()));
      }
    }
    if (best != null) {
      votes.addAll(best.kernel.votes());
    }
    return new Outcome(Optional.ofNullable(best), stub, votes);
  }

  private LocatorVote judge(String locator, long dtb) throws IOException {
    if (best == null) {
      return LocatorVote.rejected(locator, dtb, failures.getOrDefault(dtb, "was not tried"));
    }
    if (dtb == best.space.dtb()) {
      String shared = best.shared.isPresent() ? "maps KUSER_SHARED_DATA" : "maps the kernel only";
      String reason =
          best.kernel.kernel().isPresent() ? shared + " and a kernel" : shared + ", but no kernel";
      return LocatorVote.accepted(locator, dtb, reason);
    }
    if (failures.containsKey(dtb)) {
      return LocatorVote.rejected(locator, dtb, failures.get(dtb));
    }
    long probe = best.kernel.kernel().map(KernelImage::base).orElse(SharedUserData.VIRTUAL_ADDRESS);
    long expected = best.space.translate(probe);
    AddressSpace space = AddressSpaces.x64(memory, dtb, PteLayout.x64(0), PagedOutPages.NONE);
    return space.translate(probe) == expected
        ? LocatorVote.accepted(locator, dtb, "another process of the same system")
        : LocatorVote.rejected(
            locator, dtb, "does not map " + Hex.address(probe) + " like the chosen table");
  }

  /**
   * A space through which something of Windows was seen.
   *
   * @param space the space
   * @param shared the shared page, if it is mapped
   * @param kernel outcome of the search for the kernel
   */
  record Opened(AddressSpace space, Optional<SharedUserData> shared, KernelSearch.Result kernel) {
    int weight() {
      int kernelWeight =
          kernel
              .kernel()
              .map(image -> image.pdb().isPresent() ? 5 : image.size() > 0 ? 4 : 3)
              .orElse(0);
      return kernelWeight + (shared.isPresent() ? 2 : 0);
    }

    /** Whether no other candidate could be better. */
    boolean certain() {
      return shared.isPresent() && kernel.kernel().map(image -> image.size() > 0).orElse(false);
    }
  }

  /**
   * What the search ends with.
   *
   * @param opened the chosen space; empty when nothing of Windows was seen
   * @param stub the low stub, if any
   * @param votes all judgements, kernel locators of the chosen space included
   */
  record Outcome(Optional<Opened> opened, Optional<LowStub> stub, List<LocatorVote> votes) {}
}
