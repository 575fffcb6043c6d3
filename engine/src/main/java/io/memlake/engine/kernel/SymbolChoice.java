package io.memlake.engine.kernel;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolStore;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the symbols of a kernel: those the user forces, else those its RSDS record names, else
 * those that pointers of the running kernel agree with.
 */
final class SymbolChoice {
  private SymbolChoice() {}

  static Choice choose(
      SymbolStore store, AddressSpace space, KernelImage kernel, Optional<DebuggerData> block)
      throws IOException {
    SymbolFit fit = new SymbolFit(space, kernel.base(), block);
    List<LocatorVote> votes = new ArrayList<>();
    Optional<SymbolTable> forced = store.forced();
    if (forced.isPresent()) {
      Agreement agreement = fit.of(forced.get());
      votes.add(
          LocatorVote.accepted("symbols.forced", kernel.base(), "named by the user, " + agreement));
      return new Choice(forced, SymbolMatch.FORCED, agreement, votes);
    }
    if (kernel.pdb().isPresent()) {
      Optional<SymbolTable> named = store.find(kernel.pdb().get());
      if (named.isPresent()) {
        Agreement agreement = fit.of(named.get());
        votes.add(LocatorVote.accepted("symbols.rsds", kernel.base(), agreement.toString()));
        return new Choice(named, SymbolMatch.PDB_ID, agreement, votes);
      }
      votes.add(
          LocatorVote.rejected(
              "symbols.rsds", kernel.base(), "no symbol file for " + kernel.pdb().get().key()));
      return new Choice(Optional.empty(), SymbolMatch.NONE, Agreement.NONE, votes);
    }
    votes.add(
        LocatorVote.rejected(
            "symbols.rsds", kernel.base(), "the kernel's RSDS record is absent from the image"));
    return byFingerprint(store, fit, kernel, votes);
  }

  private static Choice byFingerprint(
      SymbolStore store, SymbolFit fit, KernelImage kernel, List<LocatorVote> votes)
      throws IOException {
    SymbolTable best = null;
    Agreement bestAgreement = Agreement.NONE;
    int ties = 0;
    int tried = 0;
    for (PdbId id : store.kernels()) {
      Optional<SymbolTable> table = store.find(id);
      if (table.isEmpty()) {
        continue;
      }
      tried++;
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
      votes.add(
          LocatorVote.rejected(
              "symbols.fingerprint",
              kernel.base(),
              "none of " + tried + " known kernels fits; best: " + bestAgreement));
      return new Choice(Optional.empty(), SymbolMatch.NONE, bestAgreement, votes);
    }
    String reason = best.pdb().key() + ", " + bestAgreement;
    votes.add(
        LocatorVote.accepted(
            "symbols.fingerprint",
            kernel.base(),
            ties == 0 ? reason : reason + ", as well as " + ties + " other kernels"));
    SymbolMatch match = ties == 0 ? SymbolMatch.FINGERPRINT : SymbolMatch.FINGERPRINT_TIE;
    return new Choice(Optional.of(best), match, bestAgreement, votes);
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
