package io.memlake.jobs.analyze;

import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.task.PageSelection;
import java.util.List;
import java.util.Set;

/**
 * What the user asked for.
 *
 * @param evidence the hosts
 * @param lake where the lake is
 * @param caseId the case
 * @param symbols where symbols come from, beside those that a manifest gives a host
 * @param profile how much to do
 * @param tables tables that are wanted; empty for all of the profile
 * @param pages which pages have a row
 * @param hash how every file is hashed
 * @param restart whether results and chunks of earlier runs are made anew
 * @param failFast whether the first host that fails stops the others
 * @param command the command, for instance {@code analyze}
 * @param commandLine all of it as given, secrets left out
 * @param toolVersion version of Memlake
 * @param gitCommit what Memlake was built from; empty when that is not known
 */
public record AnalyzeRequest(
    List<EvidenceSet> evidence,
    String lake,
    String caseId,
    SymbolSettings symbols,
    Profile profile,
    Set<String> tables,
    PageSelection pages,
    HashMode hash,
    boolean restart,
    boolean failFast,
    String command,
    String commandLine,
    String toolVersion,
    String gitCommit) {

  /** All tables to fill. */
  public Set<String> tablesToFill() {
    return profile.tables(tables);
  }
}
