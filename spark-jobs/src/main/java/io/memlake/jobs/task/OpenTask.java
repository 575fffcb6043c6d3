package io.memlake.jobs.task;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.EvidenceSet;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Looks through a container once and finds the Windows in it, and where its pages went. */
public final class OpenTask {
  private OpenTask() {}

  /**
   * Opens the image of {@code set}. What cannot be opened is an answer with a reason, for a bad
   * host must not stop the others.
   */
  public static Opened run(EvidenceSet set, HadoopEvidence evidence, SymbolSettings symbols) {
    try {
      ImageIndex index = ImageFormats.standard().index(set.image(), evidence);
      MachineDescription description = ExecutorSymbols.discover(index, evidence, symbols);
      List<String> problems = ExecutorSymbols.problems(symbols, evidence);
      return description.problem().isPresent()
          ? new Opened(description, PagedOutDescription.NONE, problems, "", "")
          : withPagedOut(description, problems, set, evidence, symbols);
    } catch (IOException e) {
      return Opened.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return Opened.failed("internal error: " + e);
    }
  }

  /** A machine whose page files make trouble is still a machine with RAM. */
  private static Opened withPagedOut(
      MachineDescription description,
      List<String> problems,
      EvidenceSet set,
      HadoopEvidence evidence,
      SymbolSettings symbols) {
    try {
      PagedOutDescription pagedOut =
          ExecutorSymbols.discoverPagedOut(description, set.pageFileRequests(), evidence, symbols);
      return new Opened(description, pagedOut, problems, "", "");
    } catch (IOException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      return new Opened(description, PagedOutDescription.NONE, problems, reason, "");
    } catch (RuntimeException e) {
      String reason = "internal error: " + e;
      return new Opened(description, PagedOutDescription.NONE, problems, reason, "");
    }
  }

  /**
   * An opened image.
   *
   * @param description what was found; null when the image cannot be read
   * @param pagedOut where the pages are that left RAM
   * @param symbolProblems what was wrong with symbol files of the user
   * @param pagedOutProblem why pages that left RAM are not read; empty when they are
   * @param error why the image cannot be read; empty when it can
   */
  public record Opened(
      MachineDescription description,
      PagedOutDescription pagedOut,
      List<String> symbolProblems,
      String pagedOutProblem,
      String error)
      implements Serializable {

    /** Opens the machine that was found, with all pages that left its RAM. */
    public PagedOutMachine machine(HadoopEvidence evidence, SymbolSettings symbols)
        throws IOException {
      return ExecutorSymbols.open(description, pagedOut, evidence, symbols);
    }

    static Opened failed(String error) {
      return new Opened(null, PagedOutDescription.NONE, List.of(), "", error);
    }
  }
}
