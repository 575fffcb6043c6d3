package io.memlake.jobs.cli;

import io.memlake.jobs.bench.BenchJob;
import io.memlake.jobs.bench.ContainerBench;
import io.memlake.jobs.bench.ContainerSpeed;
import io.memlake.jobs.bench.Measurement;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.hunt.yara.YaraGates;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.SparkSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memlake bench}: how fast this machine is, and how near to its limit. */
@Command(
    name = "bench",
    description = {
      "Measure the stages that read a whole image, beside the plain read limit of the same file.",
      "Every round runs each stage once; times and shares are medians over the rounds.",
      "With --containers: the same made pages out of every container, by one thread and by two."
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.plain("stage"),
          ResultColumn.plain("threads"),
          ResultColumn.plain("bytes"),
          ResultColumn.plain("seconds"),
          ResultColumn.plain("cpu_seconds"),
          ResultColumn.plain("gb_per_s"),
          ResultColumn.plain("of_read_limit"));

  private static final List<ResultColumn> CONTAINER_COLUMNS =
      List.of(
          ResultColumn.plain("container"),
          ResultColumn.plain("mib_per_s"),
          ResultColumn.plain("of_raw"),
          ResultColumn.plain("two_threads"),
          ResultColumn.plain("two_by_processor"));

  private final Console console;

  @Mixin private SparkOptions spark;
  @Mixin private ResultOptions result;

  @Parameters(arity = "0..1", paramLabel = "EVIDENCE", description = "An image.")
  private String image;

  @Option(
      names = "--containers",
      arity = "0..1",
      fallbackValue = "64",
      paramLabel = "MIB",
      description = "Measure all containers with so many MiB of memory in each (64).")
  private Integer containers;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Only these containers, beside RAW.")
  private Set<String> only = Set.of();

  @Spec private CommandSpec spec;

  @Option(
      names = "--yara",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Measure the search for the literals of these YARA rules too.")
  private List<Path> yara = List.of();

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if ((image == null) == (containers == null)) {
      throw new ParameterException(
          spec.commandLine(), "Either an image or --containers is needed, and not both");
    }
    return image == null ? containers() : stages();
  }

  private int containers() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (ResultWriter writer = result.open(console, CONTAINER_COLUMNS)) {
      for (ContainerSpeed speed : ContainerBench.run(containers, only, folder)) {
        writer.row(
            List.of(
                speed.container(),
                String.format(Locale.ROOT, "%.0f", speed.mebibytesPerSecond()),
                String.format(Locale.ROOT, "%.0f%%", 100 * speed.ofRaw()),
                String.format(Locale.ROOT, "%.2f", speed.twoThreads()),
                String.format(Locale.ROOT, "%.2f", speed.twoThreadsByProcessor())));
      }
    }
    return ExitCode.OK.number();
  }

  private int stages() throws IOException {
    SparkSession session = SparkSessions.start(spark.settings());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    HadoopEvidence evidence = new HadoopEvidence(context.hadoopConfiguration());
    Optional<RuleGate> gate = yara.isEmpty() ? Optional.empty() : Optional.of(YaraGates.read(yara));
    gate.ifPresent(this::tell);
    List<Measurement> measured = new BenchJob(context, evidence).run(image, gate);
    try (ResultWriter writer = result.open(console, COLUMNS)) {
      for (Measurement one : measured) {
        boolean reads = one.bytes() > 0;
        writer.row(
            List.of(
                one.stage(),
                one.threads(),
                one.bytes(),
                String.format(Locale.ROOT, "%.3f", one.seconds()),
                String.format(Locale.ROOT, "%.3f", one.cpuSeconds()),
                reads ? String.format(Locale.ROOT, "%.2f", one.gigabytesPerSecond()) : "",
                reads ? String.format(Locale.ROOT, "%.0f%%", 100 * one.share()) : ""));
      }
    }
    return ExitCode.OK.number();
  }

  private void tell(RuleGate rules) {
    console
        .err()
        .printf(
            "%d rules with literals: %d strings, %d literals; %d rules without%n",
            rules.gatedRules(), rules.strings(), rules.literals(), rules.ungated().size());
  }
}
