package io.memlake.jobs.cli;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.doctor.Environment;
import io.memlake.jobs.doctor.EvidenceReport;
import io.memlake.jobs.doctor.Finding;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code memlake doctor}: what stands in the way, before it does. */
@Command(
    name = "doctor",
    description = {
      "Without evidence: check the environment.",
      "With evidence: tell its format, the Windows in it, and whether its symbols are known."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.plain("level"), ResultColumn.plain("what"), ResultColumn.plain("finding"));

  private final Console console;

  @Mixin private SymbolOptions symbols;
  @Mixin private ResultOptions result;

  @Parameters(arity = "0..1", paramLabel = "EVIDENCE", description = "An image.")
  private String image;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    HadoopEvidence evidence = new HadoopEvidence(PlainHadoop.configuration());
    List<Finding> findings =
        image == null
            ? Environment.check()
            : EvidenceReport.of(image, evidence, symbols.settings());
    try (ResultWriter writer = result.open(console, COLUMNS)) {
      for (Finding finding : findings) {
        writer.row(List.of(finding.level().label(), finding.what(), finding.text()));
      }
    }
    boolean broken =
        findings.stream().anyMatch(finding -> finding.level() == Finding.Level.PROBLEM);
    ExitCode wrong = image == null ? ExitCode.ENVIRONMENT : ExitCode.PARTIAL;
    return (broken ? wrong : ExitCode.OK).number();
  }
}
