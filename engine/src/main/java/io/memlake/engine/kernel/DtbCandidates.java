package io.memlake.engine.kernel;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Candidates for the directory table base, from whatever place proposes them. The kernel is opened
 * through each until one is beyond doubt; whatever is chosen, each is judged against it in the end.
 */
final class DtbCandidates {
  /** Each candidate costs a walk over the kernel's region. */
  private static final int MAXIMUM_CANDIDATES = 64;

  private final PhysicalMemory memory;
  private final ImageHints hints;
  private final Map<Root, Set<String>> candidates = new LinkedHashMap<>();
  private final Map<Root, String> failures = new LinkedHashMap<>();
  private final List<LocatorVote> votes = new ArrayList<>();
  private Opened best;

  DtbCandidates(PhysicalMemory memory, ImageHints hints) {
    this.memory = memory;
    this.hints = hints;
  }

  /** Page tables of one mode. */
  private record Root(long dtb, PagingMode mode) {}

  void propose(long dtb, PagingMode mode, String locator) {
    Root root = new Root(mode.dtb(dtb), mode);
    if (candidates.containsKey(root) || candidates.size() < MAXIMUM_CANDIDATES) {
      candidates.computeIfAbsent(root, key -> new LinkedHashSet<>()).add(locator);
    }
  }

  /** A locator that found nothing. */
  void nothing(String locator, String reason) {
    votes.add(LocatorVote.rejected(locator, 0, reason));
  }

  /**
   * Opens the kernel through the candidates that were not tried yet.
   *
   * @param namedBases kernel bases that debugger blocks in RAM name
   */
  void open(Optional<LowStub> stub, List<Long> namedBases) throws IOException {
    for (Root root : candidates.keySet()) {
      if (best != null && best.certain()) {
        return;
      }
      if (!failures.containsKey(root)) {
        consider(root, stub, namedBases);
      }
    }
  }

  /** Makes earlier failures worth another look, when more is known. */
  void forgetFailures() {
    failures.clear();
  }

  boolean foundKernel() {
    return best != null && best.kernel.kernel().isPresent();
  }

  private void consider(Root root, Optional<LowStub> stub, List<Long> namedBases)
      throws IOException {
    if (root.dtb == 0 || !memory.stateOf(root.dtb >>> PhysicalMemory.PAGE_SHIFT).readable()) {
      failures.put(root, "the frame is not in the image");
      return;
    }
    PagedAddressSpace space = space(root);
    Optional<SharedUserData> shared = SharedUserData.read(space);
    KernelSearch.Result kernel = KernelSearch.in(memory, space, hints, stub, namedBases);
    if (shared.isEmpty() && kernel.kernel().isEmpty()) {
      failures.put(root, "maps neither KUSER_SHARED_DATA nor a kernel");
      return;
    }
    Opened opened = new Opened(space, shared, kernel);
    if (kernel.kernel().isEmpty()) {
      failures.put(root, "maps KUSER_SHARED_DATA but no kernel");
    }
    if (best == null || opened.weight() > best.weight()) {
      best = opened;
    }
  }

  private PagedAddressSpace space(Root root) {
    return AddressSpaces.open(
        root.mode, memory, root.dtb, PteLayout.of(root.mode), PagedOutPages.NONE);
  }

  Outcome outcome() throws IOException {
    List<LocatorVote> all = new ArrayList<>(votes);
    for (Map.Entry<Root, Set<String>> candidate : candidates.entrySet()) {
      for (String locator : candidate.getValue()) {
        all.add(judge(locator, candidate.getKey()));
      }
    }
    if (best != null) {
      all.addAll(best.kernel.votes());
    }
    return new Outcome(Optional.ofNullable(best), all);
  }

  private LocatorVote judge(String locator, Root root) throws IOException {
    if (best == null) {
      return LocatorVote.rejected(locator, root.dtb, failures.getOrDefault(root, "was not tried"));
    }
    if (root.dtb == best.space.dtb() && root.mode == best.space.mode()) {
      String shared = best.shared.isPresent() ? "maps KUSER_SHARED_DATA" : "maps the kernel only";
      String reason =
          best.kernel.kernel().isPresent() ? shared + " and a kernel" : shared + ", but no kernel";
      return LocatorVote.accepted(locator, root.dtb, reason);
    }
    if (failures.containsKey(root)) {
      return LocatorVote.rejected(locator, root.dtb, failures.get(root));
    }
    long probe =
        best.kernel
            .kernel()
            .map(KernelImage::base)
            .orElseGet(() -> SharedUserData.addressIn(best.space));
    long expected = best.space.translate(probe);
    return space(root).translate(probe) == expected
        ? LocatorVote.accepted(locator, root.dtb, "another process of the same system")
        : LocatorVote.rejected(
            locator, root.dtb, "does not map " + Hex.address(probe) + " like the chosen table");
  }

  /**
   * A space through which something of Windows was seen.
   *
   * @param space the space
   * @param shared the shared page, if it is mapped
   * @param kernel outcome of the search for the kernel
   */
  record Opened(
      PagedAddressSpace space, Optional<SharedUserData> shared, KernelSearch.Result kernel) {
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
   * What a search ends with.
   *
   * @param opened the chosen space; empty when nothing of Windows was seen
   * @param votes all judgements, kernel locators of the chosen space included
   */
  record Outcome(Optional<Opened> opened, List<LocatorVote> votes) {
    boolean foundKernel() {
      return opened.isPresent() && opened.get().kernel().kernel().isPresent();
    }
  }
}
