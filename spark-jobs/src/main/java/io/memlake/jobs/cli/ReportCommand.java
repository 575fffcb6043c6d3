package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.output.CellText;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.report.Report;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake report}: a case on one page. */
@Command(
    name = "report",
    description = {
      "Write one self-contained HTML page that shows a case: findings, hosts, rarest things,",
      "network, timeline, coverage, provenance. It opens from a disk, without a network."
    })
final class ReportCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 1_000_000;

  private final Console console;

  @Mixin private LookOptions look;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the page goes; an older one is replaced.")
  private Path out;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Rows after which a panel is cut. Default: ${DEFAULT-VALUE}.")
  private int maxRows;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (maxRows < 1 || maxRows > MOST_ROWS) {
      throw new OperatorException("--max-rows is 1 to " + MOST_ROWS);
    }
    if (Files.isDirectory(out)) {
      throw new OperatorException(out + " is a folder; --out names a file");
    }
    LakeSnapshot snapshot = look.snapshot();
    String caseId = look.caseOf(snapshot);
    Report report =
        new Report(
            caseId,
            look.location(),
            ToolVersion.current(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            maxRows);
    List<PanelAnswer> answers;
    try (LakeDatabase lake = look.open(snapshot, caseId)) {
      answers = write(report, lake);
    }
    tell(answers);
    return ExitCode.OK.number();
  }

  /** Writes beside the target first, so that a page is never half a page. */
  private List<PanelAnswer> write(Report report, LakeDatabase lake) throws IOException {
    Path target = out.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path unfinished =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      List<PanelAnswer> answers;
      try (Writer writer = Files.newBufferedWriter(unfinished)) {
        answers = report.write(lake, writer);
      }
      try {
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return answers;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void tell(List<PanelAnswer> answers) throws IOException {
    long shown = answers.stream().filter(a -> a.state() == PanelAnswer.State.ROWS).count();
    console
        .err()
        .println(
            "Wrote "
                + out
                + ": "
                + shown
                + " of "
                + answers.size()
                + " panels have rows, "
                + Files.size(out) / 1024
                + " KiB");
    for (PanelAnswer answer : answers) {
      if (answer.cut()) {
        console
            .err()
            .println(answer.panel().title() + ": cut after " + maxRows + " rows; see --max-rows");
      }
    }
    List<PanelAnswer> failed =
        answers.stream().filter(a -> a.state() == PanelAnswer.State.FAILED).toList();
    if (!failed.isEmpty()) {
      throw new FailedException(
          failed.get(0).panel().title()
              + ": "
              + CellText.printable(failed.get(0).message())
              + (failed.size() == 1 ? "" : ", and " + (failed.size() - 1) + " more panels"));
    }
  }
}
