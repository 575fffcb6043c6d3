package io.memlake.jobs.cli;

import io.memlake.jobs.analyze.AnalyzeJob;
import io.memlake.jobs.analyze.AnalyzeOutcome;
import io.memlake.jobs.analyze.AnalyzeRequest;
import io.memlake.jobs.analyze.HashMode;
import io.memlake.jobs.analyze.Profile;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.EvidenceFinder;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.RunRecord.HostOutcome;
import io.memlake.jobs.output.CellText;
import io.memlake.jobs.progress.Progress;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.task.PageSelection;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memlake analyze}: evidence becomes tables. */
@Command(
    name = "analyze",
    description = {
      "Turn memory images into the tables of a lake.",
      "A killed run goes on where it was; hosts whose results stand already are left alone."
    })
final class AnalyzeCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private LakeOption lake;
  @Mixin private SymbolOptions symbols;
  @Mixin private SparkOptions spark;
  @Mixin private ProgressOption progress;

  @Parameters(
      arity = "1..*",
      paramLabel = "EVIDENCE",
      description = "Image, folder, pattern or manifest (.yaml, .csv); any Hadoop URI.")
  private List<String> evidence;

  @Option(
      names = "--case",
      defaultValue = "default",
      paramLabel = "NAME",
      description = "The case. Default: ${DEFAULT-VALUE}.")
  private String caseId;

  @Option(names = "--host", paramLabel = "NAME", description = "Name of the one host.")
  private String host;

  @Option(
      names = "--pagefile",
      paramLabel = "[HOST:]FILE",
      description = {
        "Page file, of the one host or of HOST; may be repeated.",
        "pagefile1=FILE says its number, which else the image tells."
      })
  private List<String> pageFiles = List.of();

  @Option(
      names = "--swapfile",
      paramLabel = "[HOST:]FILE",
      description = "Swap file, of the one host or of HOST; may be repeated for several hosts.")
  private List<String> swapFiles = List.of();

  @Option(
      names = "--profile",
      defaultValue = "standard",
      paramLabel = "PROFILE",
      description = "quick, standard (default) or full.")
  private Profile profile;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "Fill these tables only, besides those about the work itself.")
  private List<String> tables = List.of();

  @Option(
      names = "--pages",
      defaultValue = "all",
      paramLabel = "WHICH",
      description = "Pages that have a row in pages: all (default) or executable.")
  private PageSelection pages;

  @Option(
      names = "--with-secrets",
      description = {
        "Fill hashdump, lsadump, cachedump, bitlocker_keys and kerberos_tickets too: hashes of",
        "passwords, secrets and keys."
      })
  private boolean withSecrets;

  @Option(names = "--restart", description = "Make results anew, whatever the lake holds.")
  private boolean restart;

  @Option(names = "--fail-fast", description = "Stop at the first host that fails.")
  private boolean failFast;

  @Option(names = "--keep-going", description = "Go on with other hosts when one fails (default).")
  private boolean keepGoing;

  @Option(
      names = "--hash",
      defaultValue = "full",
      paramLabel = "MODE",
      description = {
        "full (default): SHA-256 of every file, made by one core a file;",
        "pieces: SHA-256 of every 256 MiB, made by all cores; none: fingerprints only."
      })
  private HashMode hash;

  AnalyzeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (failFast && keepGoing) {
      throw new OperatorException("--fail-fast and --keep-going exclude each other");
    }
    Set<String> wanted = wantedTables();
    SparkSession session = SparkSessions.start(spark.settings());
    HadoopEvidence files = new HadoopEvidence(session.sparkContext().hadoopConfiguration());
    AnalyzeRequest request =
        new AnalyzeRequest(
            find(files),
            lake.location(),
            caseName(),
            symbols.settings(),
            profile,
            wanted,
            pages,
            hash,
            restart,
            failFast,
            "analyze",
            CommandText.of(spec.commandLine().getParseResult().originalArgs()),
            ToolVersion.current(),
            ToolVersion.commit());
    Instant begun = Instant.now();
    AnalyzeOutcome outcome;
    try (Progress shown = progress.open(console)) {
      outcome = new AnalyzeJob(session, spark.options(session), request, shown).run();
    }
    tell(console, outcome);
    if (progress.isForPeople()) {
      Lake written = Lake.open(lake.location(), files.configuration());
      RunSummary.write(console.err(), outcome, written, lake.location(), begun);
    }
    return outcome.exitCode().number();
  }

  /** One line for each host that is not whole. */
  static void tell(Console console, AnalyzeOutcome outcome) {
    for (HostOutcome host : outcome.hosts()) {
      if (!host.message().isEmpty()) {
        String line = host.host() + ": " + host.status() + ": " + host.message();
        console.err().println("memlake: " + CellText.printable(line));
      }
    }
  }

  private List<EvidenceSet> find(HadoopEvidence files) throws IOException {
    List<EvidenceSet> sets = new EvidenceFinder(files).find(evidence);
    if (host != null) {
      if (sets.size() != 1) {
        throw new OperatorException(
            "--host names one host; the evidence holds "
                + sets.size()
                + ", a manifest can name each");
      }
      sets = List.of(sets.get(0).named(host));
    }
    return new PageFileOptions(pageFiles, swapFiles).addTo(sets);
  }

  private String caseName() {
    if (caseId.isBlank() || caseId.length() > EvidenceSet.MAX_NAME_LENGTH) {
      throw new OperatorException("--case has 1 to " + EvidenceSet.MAX_NAME_LENGTH + " characters");
    }
    return caseId.strip();
  }

  private Set<String> wantedTables() {
    Set<String> wanted = new TreeSet<>();
    for (String name : tables) {
      if (Tables.find(name).isEmpty()) {
        throw new OperatorException(
            "No table " + name + "; there are: " + String.join(" ", Tables.names()));
      }
      if (!withSecrets && Profile.SECRETS.contains(name)) {
        throw new OperatorException("Table " + name + " holds secrets: it needs --with-secrets");
      }
      wanted.add(name);
    }
    return withSecrets ? withSecrets(profile, wanted) : wanted;
  }

  /** The tables that are wanted, and those of secrets. */
  static Set<String> withSecrets(Profile profile, Set<String> wanted) {
    Set<String> all = new TreeSet<>(wanted.isEmpty() ? profile.tables(Set.of()) : wanted);
    all.addAll(Profile.SECRETS);
    return all;
  }
}
