package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.hunt.HuntJob;
import io.memlake.jobs.hunt.HuntRequest;
import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.sql.LakeQuery;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.jobs.sql.QueryResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memlake hunt}: indicators and rules over all hosts of a lake. */
@Command(
    name = "hunt",
    description = {
      "Look for indicators, YARA and Sigma rules on all hosts of a lake.",
      "Matches go to ioc_matches, yara_matches and sigma_matches, what follows from them to findings,",
      "and what could not be looked for to hunt_coverage."
    })
final class HuntCommand implements Callable<Integer> {
  private static final int SHOWN_REJECTIONS = 20;

  private static final String MATCHES =
      """
      SELECT 'indicator' AS kind, host, severity, indicator AS what, process, pid,
        table || '.' || column AS place, value AS detail, forensic_path
      FROM ioc_matches WHERE NOT allowlisted AND case_id = %1$s
      UNION ALL
      SELECT 'yara', host, severity, rule, process, pid, scope, array_join(strings, ' '), forensic_path
      FROM yara_matches WHERE case_id = %1$s
      UNION ALL
      SELECT 'sigma', host, level, title, process, pid, table, array_join(matched, ', '), forensic_path
      FROM sigma_matches WHERE case_id = %1$s
      ORDER BY kind, host, what, place, detail""";

  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;
  @Mixin private FailOnOption failOn;

  @Option(names = "--case", paramLabel = "NAME", description = "The case; needed among several.")
  private String caseId;

  @Option(
      names = {"--ioc", "--iocs"},
      arity = "1..*",
      paramLabel = "FILE",
      description = "Indicators: a list, CSV, a STIX 2 bundle or a MISP event.")
  private List<Path> indicators = List.of();

  @Option(
      names = "--yara",
      arity = "1..*",
      paramLabel = "PATH",
      description = {
        "YARA rules: files and folders. Reads the evidence again: RAM, page files and the",
        "compressed store."
      })
  private List<Path> yara = List.of();

  @Option(
      names = "--define",
      paramLabel = "NAME=VALUE",
      description = "Value of an external variable of YARA rules: a text, a number, true or false.")
  private Map<String, String> defined = Map.of();

  @Option(
      names = "--sigma",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Sigma rules: files and folders.")
  private List<Path> sigma = List.of();

  @Option(
      names = "--allow",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Values that mean nothing: a list, or a warning list of MISP.")
  private List<Path> allowed = List.of();

  HuntCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    failOn.check();
    HuntRequest request = new HuntRequest(indicators, allowed, yara, sigma, defined);
    if (indicators.isEmpty() && yara.isEmpty() && sigma.isEmpty()) {
      throw new OperatorException("Nothing to look for: give --ioc, --yara or --sigma");
    }
    SparkSession session = SparkSessions.start(spark.settings());
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    Lake opened = Lake.open(lake.location(), configuration);
    LakeInventory inventory = LakeInventory.of(opened, caseId);
    List<Coverage> coverage = hunt(session, lake.location(), inventory, request, spec);
    LakeViews.register(session, opened);
    QueryResult rows =
        LakeQuery.run(session, MATCHES.formatted(SqlText.literal(inventory.caseId())));
    try (ResultWriter writer = result.open(console, rows.columns())) {
      rows.writeTo(writer);
    }
    tell(coverage, inventory);
    FindingsReport report = new FindingsReport(session, inventory.caseId());
    report.summary(console.err());
    ExitCode usual = inventory.incomplete().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL;
    return failOn.exitCode(report.worst(), usual).number();
  }

  /** Runs a hunt as a run of its own. */
  static List<Coverage> hunt(
      SparkSession session,
      String lake,
      LakeInventory inventory,
      HuntRequest request,
      CommandSpec command)
      throws IOException {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    HuntJob job = new HuntJob(session, lake, request);
    try (LakeWriter writer = LakeWriter.open(lake, configuration)) {
      CaseRun run =
          CaseRun.begin(
              writer,
              configuration,
              inventory.caseId(),
              "hunt",
              CommandText.of(command.commandLine().getParseResult().originalArgs()),
              ToolVersion.programs(),
              Map.of(
                  "indicators",
                  request.indicators().toString(),
                  "allow",
                  request.allowed().toString(),
                  "yara",
                  request.yara().toString(),
                  "sigma",
                  request.sigma().toString(),
                  "define",
                  request.externals().toString()));
      List<Coverage> coverage = job.run(writer.lake(), inventory, run);
      run.finish(ExitCode.OK, "");
      return coverage;
    }
  }

  private void tell(List<Coverage> coverage, LakeInventory inventory) {
    console.err().println("Looked for, on " + inventory.hosts() + " hosts:");
    int rejected = 0;
    for (Coverage item : coverage) {
      if (!item.isSearched() && !item.kind().equals("indicator_type")) {
        rejected++;
        if (rejected > SHOWN_REJECTIONS) {
          continue;
        }
      }
      console
          .err()
          .printf(
              "  %s %s: %d %s, %d matches, %d hosts searched, %d skipped%s%n",
              item.kind().replace('_', ' '),
              io.memlake.jobs.output.CellText.printable(item.item()),
              item.items(),
              item.status().replace('_', ' '),
              item.matches(),
              item.hostsSearched(),
              item.hostsSkipped(),
              item.reason() == null
                  ? ""
                  : " (" + io.memlake.jobs.output.CellText.printable(item.reason()) + ")");
    }
    if (rejected > SHOWN_REJECTIONS) {
      console
          .err()
          .println("  … and " + (rejected - SHOWN_REJECTIONS) + " more lines in hunt_coverage");
    }
  }
}
