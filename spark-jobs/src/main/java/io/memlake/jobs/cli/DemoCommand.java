package io.memlake.jobs.cli;

import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.analyze.AnalyzeJob;
import io.memlake.jobs.analyze.AnalyzeOutcome;
import io.memlake.jobs.analyze.AnalyzeRequest;
import io.memlake.jobs.analyze.HashMode;
import io.memlake.jobs.analyze.Profile;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.EvidenceFinder;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.progress.Progress;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.sql.LakeQuery;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.jobs.sql.QueryResult;
import io.memlake.jobs.task.PageSelection;
import io.memlake.testdata.fleet.DemoFleet;
import io.memlake.testdata.fleet.DemoHost;
import io.memlake.testdata.fleet.PagedFleet;
import io.memlake.testdata.fleet.PagedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memlake demo}: the whole way on a fleet that was never real. */
@Command(
    name = "demo",
    description = {
      "Make a small synthetic fleet with a planted intrusion, analyze it, look for the intrusion",
      "and show what came out. Beside the lake lie the images, in DIR-evidence, what the hunt looks",
      "for, in DIR-hunt, and a page about it all, DIR-report.html."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int MAX_HOSTS = 1000;

  private static final String PLACES =
      """
      SELECT a.host, sum(valid_ptes) AS in_frames, sum(transition) AS on_standby,
        sum(swapped) AS in_page_files, sum(compressed) AS in_store,
        first(q.pagefile_hit_pct) AS pagefile_hit_pct, first(q.store_layout) AS store_layout
      FROM address_spaces a JOIN image_quality q ON q.host = a.host
      WHERE kind = 'process' GROUP BY a.host ORDER BY a.host""";

  private static final String STORE =
      """
      SELECT host, nt_build, status, algo, count(*) AS pages, count(pid) AS with_owner
      FROM compressed_pages GROUP BY ALL ORDER BY ALL""";

  private static final String CONTAINERS =
      """
      SELECT e.host, e.kind, e.variant,
        (SELECT count(*) FROM modules m WHERE m.host = e.host) AS modules,
        (SELECT count(*) FROM pages g WHERE g.host = e.host) AS pages,
        (SELECT hex(bit_xor(xxhash64(pid, ppid, image_file_name, eprocess, physical_address, dtb,
          peb, create_time, exit_time, command_line, path, threads, in_pslist, in_psscan)))
          FROM processes p WHERE p.host = e.host) AS processes_sum,
        (SELECT hex(bit_xor(xxhash64(pid, start, end, type, protection, file, pages_present)))
          FROM vads v WHERE v.host = e.host) AS vads_sum,
        (SELECT hex(bit_xor(xxhash64(pfn, page_hash, kind, pid, va)))
          FROM pages g WHERE g.host = e.host AND kind <> 'zero') AS pages_sum
      FROM evidence e WHERE e.role = 'memory' ORDER BY e.host""";

  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private SparkOptions spark;
  @Mixin private ProgressOption progress;
  @Mixin private ResultOptions result;

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      defaultValue = "memlake-demo/lake",
      description = "Where the lake goes. Default: ${DEFAULT-VALUE}.")
  private Path lake;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      defaultValue = "" + DemoFleet.USUAL_HOSTS,
      description = "Hosts of the fleet. Default: ${DEFAULT-VALUE}; further ones are clean.")
  private int hosts;

  @Option(
      names = "--paging",
      description = {
        "Make hosts whose programs are partly in page files and in the compressed store instead.",
        "What every page held lies beside their images, in DIR-evidence/truth."
      })
  private boolean paging;

  @Option(
      names = "--full",
      description = {
        "Put traces on every host, beside made ones the real files of the sample data, and fill all",
        "tables, those of secrets too; these are the demo's own."
      })
  private boolean full;

  @Option(
      names = "--containers",
      description = "Make one host in every container instead; equal sums are equal tables.")
  private boolean containers;

  private List<DemoHost> fleet = List.of();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (hosts < 1 || hosts > MAX_HOSTS) {
      throw new OperatorException("--hosts is 1 to " + MAX_HOSTS);
    }
    Path folder = lake.toAbsolutePath().resolveSibling(lake.getFileName() + "-evidence");
    List<String> images = write(folder);
    SparkSession session = SparkSessions.start(spark.settings());
    HadoopEvidence evidence = new HadoopEvidence(session.sparkContext().hadoopConfiguration());
    AnalyzeRequest request =
        new AnalyzeRequest(
            new EvidenceFinder(evidence).find(images),
            lake.toString(),
            "default",
            SymbolSettings.EMBEDDED_ONLY,
            full ? Profile.FULL : Profile.STANDARD,
            full ? AnalyzeCommand.withSecrets(Profile.FULL, Set.of()) : Set.of(),
            PageSelection.ALL,
            HashMode.FULL,
            false,
            false,
            "demo",
            CommandText.of(spec.commandLine().getParseResult().originalArgs()),
            ToolVersion.current(),
            ToolVersion.commit());
    AnalyzeOutcome outcome;
    try (Progress shown = progress.open(console)) {
      outcome = new AnalyzeJob(session, spark.options(session), request, shown).run();
    }
    AnalyzeCommand.tell(console, outcome);
    RunSummary.stages(console.err(), outcome.stages());
    int written = look(session, evidence);
    next();
    return outcome.exitCode() == ExitCode.OK ? written : outcome.exitCode().number();
  }

  private List<String> write(Path folder) throws IOException {
    if (paging) {
      console.err().println("Writing memory images and page files to " + folder);
      List<String> folders = new ArrayList<>();
      for (PagedHost host : PagedFleet.write(folder)) {
        host.writeTruth(folder.resolve("truth"));
        folders.add(host.folder().toString());
      }
      return folders;
    }
    if (containers) {
      console.err().println("Writing one memory image in every container to " + folder);
      return DemoFleet.writeContainers(folder).values().stream()
          .map(file -> file.getParent().toString())
          .toList();
    }
    console.err().println("Writing " + hosts + " memory images to " + folder);
    List<String> real = new ArrayList<>();
    fleet = full ? DemoFleet.writeFull(folder, hosts, real::add) : DemoFleet.write(folder, hosts);
    if (!real.isEmpty()) {
      console
          .err()
          .println("Beside made ones they hold these real files: " + String.join(" ", real));
    }
    return fleet.stream().map(host -> host.image().getParent().toString()).toList();
  }

  private int look(SparkSession session, HadoopEvidence evidence) throws IOException {
    if (!paging && !containers) {
      new DemoLook(console, result, session, lake.toString(), spec)
          .run(fleet, lake.toAbsolutePath().resolveSibling(lake.getFileName() + "-hunt"));
      if (full) {
        LakeViews.register(session, Lake.open(lake.toString(), evidence.configuration()));
        show("What Windows and its programs remember", LakeQuery.run(session, DemoTraces.sql()));
      }
      Path page = lake.resolveSibling(lake.getFileName() + "-report.html");
      return Memlake.run(console, "report", "--lake", lake.toString(), "--out", page.toString());
    }
    LakeViews.register(session, Lake.open(lake.toString(), evidence.configuration()));
    if (paging) {
      show("Where the pages of programs are", LakeQuery.run(session, PLACES));
      show("The compressed store", LakeQuery.run(session, STORE));
    } else {
      show("The same host out of every container", LakeQuery.run(session, CONTAINERS));
    }
    return ExitCode.OK.number();
  }

  private void next() {
    console.err().println();
    console.err().println("Next: memlake tables --lake " + lake);
    if (paging) {
      console
          .err()
          .println("      memlake extract process --lake " + lake + " --host H --pid P --out DIR");
    }
    console.err().println("      memlake sql --lake " + lake + " \"SELECT * FROM vol_pslist\"");
    console.err().println("      memlake tree --lake " + lake);
    if (!paging && !containers) {
      console
          .err()
          .println("      memlake hunt --lake " + lake + " --yara " + lake + "-hunt/implant.yar");
    }
    if (paging || containers) {
      console.err().println("      memlake report --lake " + lake + " --out report.html");
    }
    console.err().println("      memlake dashboard --lake " + lake);
  }

  private void show(String title, QueryResult rows) throws IOException {
    console.err().println();
    console.err().println(title);
    try (ResultWriter writer = result.open(console, rows.columns())) {
      rows.writeTo(writer);
    }
  }
}
