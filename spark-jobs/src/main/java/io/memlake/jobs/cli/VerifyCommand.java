package io.memlake.jobs.cli;

import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.verify.Check;
import io.memlake.jobs.verify.Check.Verdict;
import io.memlake.jobs.verify.CheckPlace;
import io.memlake.jobs.verify.VerifyJob;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake verify}: is everything as it was recorded. */
@Command(
    name = "verify",
    description = {
      "Check a lake against its markers and its chain of custody, and evidence against its hashes.",
      "Files are read by all cores of this machine, or by the executors of --master.",
      "Exits with 1 when the lake was changed, 3 when evidence is not there, 4 when evidence changed."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.plain("what"),
          ResultColumn.plain("verdict"),
          ResultColumn.plain("case"),
          ResultColumn.plain("host"),
          ResultColumn.plain("name"),
          ResultColumn.plain("message"));

  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;

  @Option(names = "--lake-only", description = "Do not read evidence.")
  private boolean lakeOnly;

  @Option(names = "--all", description = "Show what is as it should be, too.")
  private boolean all;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Check> checks = check();
    try (ResultWriter writer = result.open(console, COLUMNS)) {
      for (Check check : checks) {
        if (all || check.verdict() != Verdict.OK || check.what().equals("custody")) {
          writer.row(row(check));
        }
      }
    }
    long fine = checks.stream().filter(check -> check.verdict() == Verdict.OK).count();
    console.err().println(fine + " of " + checks.size() + " checks found what was recorded");
    return VerifyJob.exitCode(checks).number();
  }

  /** Spark takes seconds to start, so it reads files only where the user says that there is one. */
  private List<Check> check() throws IOException {
    CheckPlace place = CheckPlace.here();
    Configuration configuration = PlainHadoop.configuration();
    if (spark.settings().master().isPresent()) {
      JavaSparkContext context =
          JavaSparkContext.fromSparkContext(SparkSessions.start(spark.settings()).sparkContext());
      place = CheckPlace.on(context);
      configuration = context.hadoopConfiguration();
    }
    Lake opened = Lake.open(lake.location(), configuration);
    return new VerifyJob(opened, configuration, !lakeOnly, place).run();
  }

  private static List<?> row(Check check) {
    String verdict = check.verdict().name().toLowerCase(Locale.ROOT);
    return Arrays.stream(
            new String[] {
              check.what(), verdict, check.caseId(), check.host(), check.name(), check.message()
            })
        .map(cell -> cell.isEmpty() ? null : cell)
        .toList();
  }
}
