package io.memlake.jobs.extract;

import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.exit.EvidenceMismatchException;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.task.OpenTask;
import io.memlake.jobs.task.OpenTask.Opened;
import io.memlake.jobs.task.RegisterTask;
import io.memlake.jobs.task.RegisterTask.FileFacts;
import io.memlake.jobs.task.RegisterTask.Registered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The evidence of a host, opened once more.
 *
 * @param host the host
 * @param evidence how files are opened
 * @param symbols where symbols come from
 * @param set files to open
 */
public record ExtractSource(
    LakeHost host, HadoopEvidence evidence, SymbolSettings symbols, EvidenceSet set) {

  /**
   * What the lake recorded, with what the user adds.
   *
   * @param pageFiles further page files
   * @param swapFile a swap file instead of the recorded one; empty for that
   * @param ramOnly whether recorded page files are left out
   * @param symbols symbols of the user; those of the analysis when there are none
   */
  public static ExtractSource of(
      LakeHost host,
      HadoopEvidence evidence,
      List<String> pageFiles,
      String swapFile,
      boolean ramOnly,
      SymbolSettings symbols) {
    boolean own = symbols.folders().isEmpty() && symbols.forcedFile().isEmpty();
    return new ExtractSource(
        host,
        evidence,
        own ? host.symbols() : symbols,
        host.evidence(!ramOnly).with(pageFiles, swapFile));
  }

  /** Paths of all files, for whoever must keep off them. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    paths.add(set.image());
    set.pageFileRequests().forEach(file -> paths.add(file.path()));
    host.files().forEach(file -> paths.add(file.path()));
    return paths;
  }

  /**
   * Opens the machine.
   *
   * @throws EvidenceMismatchException when a file is not the one that was analyzed
   * @throws FailedException when the evidence is gone or cannot be opened
   */
  public PagedOutMachine open() throws IOException {
    return opened().machine(evidence, symbols);
  }

  /**
   * What is needed to open the machine again elsewhere.
   *
   * @throws EvidenceMismatchException when a file is not the one that was analyzed
   * @throws FailedException when the evidence is gone or cannot be opened
   */
  public Opened opened() throws IOException {
    Registered found = RegisterTask.run(set, evidence);
    if (!found.error().isEmpty()) {
      throw new FailedException(
          "The evidence of " + host.name() + " cannot be read where it was: " + found.error());
    }
    for (FileFacts file : found.files()) {
      String recorded = host.fingerprint(file.path()).orElse(file.imageId());
      if (!recorded.equals(file.imageId())) {
        throw new EvidenceMismatchException(
            file.path()
                + " is not the file that was analyzed: its fingerprint is "
                + file.imageId()
                + " and was "
                + recorded);
      }
    }
    Opened opened = OpenTask.run(set, evidence, symbols);
    if (!opened.error().isEmpty()) {
      throw new FailedException(opened.error());
    }
    if (opened.description().problem().isPresent()) {
      throw new FailedException(opened.description().problem().get());
    }
    if (!opened.pagedOutProblem().isEmpty()) {
      throw new FailedException(opened.pagedOutProblem());
    }
    return opened;
  }
}
