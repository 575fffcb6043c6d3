package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Chooses the symbols of a kernel: those the user forces, else those its RSDS record names, else
 * those that pointers of the running kernel agree with, else the layouts of the nearest update.
 */
final class SymbolChoice {
  private final SymbolStore store;
  private final KernelImage kernel;
  private final int pointerSize;
  private final SymbolFit fit;
  private final Optional<DebuggerData> block;
  private final ImageHints hints;
  private final int build;
  private final List<LocatorVote> votes = new ArrayList<>();

  /**
   * A choice for one kernel.
   *
   * @param pointerSize bytes of an address in it; symbols of the other width are none of it
   * @param fit tests symbols on the image
   * @param block a debugger block that was found without symbols
   * @param build build number as far as it is known without symbols, 0 when it is not
   */
  SymbolChoice(
      SymbolStore store,
      KernelImage kernel,
      int pointerSize,
      SymbolFit fit,
      Optional<DebuggerData> block,
      ImageHints hints,
      int build) {
    this.store = store;
    this.kernel = kernel;
    this.pointerSize = pointerSize;
    this.fit = fit;
    this.block = block;
    this.hints = hints;
    this.build = build;
  }

  Choice choose() throws IOException {
    Optional<SymbolTable> forced = store.forced();
    if (forced.isPresent() && !fits(forced.get())) {
      reject(
          "symbols.forced",
          "the symbols that the user names are of a "
              + 8 * forced.get().pointerSize()
              + "-bit kernel, this one has "
              + 8 * pointerSize
              + " bits");
      return new Choice(Optional.empty(), SymbolMatch.NONE, Agreement.NONE, votes);
    }
    if (forced.isPresent()) {
      Agreement agreement = fit.of(forced.get());
      accept("symbols.forced", "named by the user, " + agreement);
      return new Choice(forced, SymbolMatch.FORCED, agreement, votes);
    }
    if (kernel.pdb().isEmpty()) {
      reject("symbols.rsds", "the kernel's RSDS record is absent from the image");
      Optional<Choice> fitting = byFingerprint();
      return fitting.isPresent() ? fitting.get() : nearest();
    }
    Optional<SymbolTable> named = store.find(kernel.pdb().get()).filter(this::fits);
    if (named.isEmpty()) {
      reject("symbols.rsds", "no symbols for " + kernel.pdb().get().key());
      return nearest();
    }
    Agreement agreement = fit.of(named.get());
    accept("symbols.rsds", agreement.toString());
    return new Choice(named, SymbolMatch.PDB_ID, agreement, votes);
  }

  private boolean fits(SymbolTable table) {
    return table.pointerSize() == pointerSize;
  }

  private Optional<Choice> byFingerprint() throws IOException {
    List<KnownKernel> candidates = candidates();
    SymbolTable best = null;
    Agreement bestAgreement = Agreement.NONE;
    int ties = 0;
    for (KnownKernel candidate : candidates) {
      Optional<SymbolTable> table = store.probe(candidate.pdb()).filter(this::fits);
      if (table.isEmpty()) {
        continue;
      }
      Agreement agreement = fit.of(table.get());
      int difference = agreement.compareTo(bestAgreement);
      if (difference > 0) {
        best = table.get();
        bestAgreement = agreement;
        ties = 0;
      } else if (difference == 0 && best != null) {
        ties++;
      }
    }
    if (best == null || !bestAgreement.convincing()) {
      reject(
          "symbols.fingerprint",
          "none of " + candidates.size() + " known kernels fits; of the best " + bestAgreement);
      return Optional.empty();
    }
    String reason = best.pdb().key() + ", " + bestAgreement;
    accept(
        "symbols.fingerprint",
        ties == 0 ? reason : reason + ", as well as " + ties + " other kernels");
    SymbolMatch match = ties == 0 ? SymbolMatch.FINGERPRINT : SymbolMatch.FINGERPRINT_TIE;
    return Optional.of(new Choice(store.find(best.pdb()), match, bestAgreement, votes));
  }

  /** Kernels that the debugger block or the header allow; all of the build when they allow none. */
  private List<KnownKernel> candidates() throws IOException {
    OptionalLong processes = hints.number(ImageHints.PS_ACTIVE_PROCESS_HEAD);
    OptionalLong modules = hints.number(ImageHints.PS_LOADED_MODULE_LIST);
    OptionalLong debugger = hints.number(ImageHints.KDBG);
    if (block.isPresent()) {
      processes = OptionalLong.of(block.get().psActiveProcessHead());
      modules = OptionalLong.of(block.get().psLoadedModuleList());
      debugger = OptionalLong.of(block.get().virtualAddress());
    }
    if (processes.isPresent() && modules.isPresent() && debugger.isPresent()) {
      List<KnownKernel> matching =
          store.matching(
              new KnownKernel.Fingerprint(
                  modules.getAsLong() - processes.getAsLong(),
                  debugger.getAsLong() - processes.getAsLong()));
      if (!matching.isEmpty()) {
        return matching;
      }
    }
    return store.known().stream()
        .filter(known -> KernelImage.namesKernel(known.pdb()))
        .filter(known -> build == 0 || Versions.sameLine(known.version().build(), build))
        .toList();
  }

  private Choice nearest() throws IOException {
    Optional<SymbolTable> table =
        build == 0 ? Optional.empty() : store.nearest(build, -1).filter(this::fits);
    if (table.isEmpty()) {
      reject(
          "symbols.nearest",
          build == 0 ? "the build is not known" : "no symbols of any update of build " + build);
      return new Choice(Optional.empty(), SymbolMatch.NONE, Agreement.NONE, votes);
    }
    accept("symbols.nearest", table.get().source());
    return new Choice(table, SymbolMatch.NEAREST, Agreement.NONE, votes);
  }

  private void accept(String locator, String reason) {
    votes.add(LocatorVote.accepted(locator, kernel.base(), reason));
  }

  private void reject(String locator, String reason) {
    votes.add(LocatorVote.rejected(locator, kernel.base(), reason));
  }

  /**
   * The choice.
   *
   * @param symbols the symbols; empty when none fit
   * @param match how they were chosen
   * @param agreement how well they fit the image
   * @param votes what each way said
   */
  record Choice(
      Optional<SymbolTable> symbols,
      SymbolMatch match,
      Agreement agreement,
      List<LocatorVote> votes) {
    /** Whether the image held anything to test the symbols with. */
    boolean tested() {
      return symbols.isPresent() && agreement.tested() > 0;
    }
  }
}
