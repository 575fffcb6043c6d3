package io.memlake.jobs.hunt.yara;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.extract.ProcessExtract;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.exit.CommandException;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.LakeHost;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.lake.Lake;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.YaraMatchRow;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Scans the memory of all running processes of one host: each region of each process as it is
 * mapped, from RAM, page files and the compressed store. Equal regions are scanned once.
 */
final class YaraHostTask {
  private final String runId;
  private final Supplier<YaraX> engines;
  private YaraX engine;
  private final LakeHost host;
  private final Result result = new Result();
  private final Map<String, List<YaraMatch>> known = new HashMap<>();

  private YaraHostTask(String runId, Supplier<YaraX> engines, LakeHost host) {
    this.runId = runId;
    this.engines = engines;
    this.engine = engines.get();
    this.host = host;
  }

  /** What the scan of a host gave. */
  static final class Result implements Serializable {
    private static final long serialVersionUID = 1L;

    final ArrayList<YaraMatchRow> rows = new ArrayList<>();
    final TreeMap<String, String> problems = new TreeMap<>();
    long bytes;
    long distinctBytes;
    String error = "";

    /** The engine, to be used again; stays where it is. */
    transient YaraX engine;
  }

  /** Scans a host; what goes wrong is in the result. */
  static Result run(
      String lake,
      String caseId,
      String name,
      HadoopEvidence evidence,
      String runId,
      Supplier<YaraX> engines) {
    Result failed = new Result();
    try {
      LakeHost host =
          LakeHost.find(
              Lake.open(lake, evidence.configuration()), caseId, name, evidence.configuration());
      ExtractSource source =
          ExtractSource.of(host, evidence, List.of(), "", false, new SymbolSettings(List.of(), ""));
      try (PagedOutMachine machine = source.open()) {
        YaraHostTask task = new YaraHostTask(runId, engines, host);
        task.processes(machine);
        task.result.engine = task.engine;
        return task.result;
      }
    } catch (IOException | CommandException | MissingSymbolException e) {
      failed.error = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      failed.error = "internal error: " + e;
    }
    return failed;
  }

  private void processes(PagedOutMachine machine) throws IOException {
    EprocessLayout layout = EprocessLayout.resolve(machine.machine().symbols());
    List<Long> addresses = new ArrayList<>();
    host.rows(
        "processes",
        row -> {
          if ("running".equals(String.valueOf(row.get("state")))
              && row.get("eprocess") instanceof Long address) {
            addresses.add(address);
          }
        });
    ProcessExtract extract = ProcessExtract.of(machine);
    for (long address : addresses) {
      Eprocess process = Eprocess.read(machine.machine(), layout, address).orElse(null);
      if (process == null || process.directoryTableBase() == 0) {
        continue;
      }
      RegionBytes regions = new RegionBytes(part -> scan(process, part));
      try {
        extract.write(process, regions, regions);
        regions.finish();
      } catch (IOException | RuntimeException e) {
        result.problems.put(
            host.name() + " pid " + process.uniqueProcessId(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void scan(Eprocess process, RegionBytes.Part part) {
    result.bytes += part.bytes().length;
    String digest = Hex.bytes(Fingerprint.sha256().digest(part.bytes()));
    List<YaraMatch> matches = known.get(digest);
    if (matches == null) {
      if (engine.isStopped()) {
        engine = engines.get();
      }
      result.distinctBytes += part.bytes().length;
      try {
        matches = engine.scan(part.bytes());
      } catch (YaraX.ScanFailedException e) {
        matches = List.of();
        result.problems.put(
            host.name() + " pid " + process.uniqueProcessId() + " " + part, e.getMessage());
      }
      known.put(digest, matches);
    }
    for (YaraMatch match : matches) {
      result.rows.add(row(process, part, match));
    }
  }

  private YaraMatchRow row(Eprocess process, RegionBytes.Part part, YaraMatch match) {
    int pid = (int) process.uniqueProcessId();
    long first =
        match.strings().isEmpty() ? part.address(0) : part.address(match.strings().get(0).offset());
    YaraMatchRow row = new YaraMatchRow();
    new RowOrigin(host.manifest().caseId(), host.name(), host.manifest().imageId(), runId)
        .stamp(row);
    row.setSource("scan");
    row.setForensicPath(ForensicPath.process(pid, first));
    row.setConfidence(100);
    row.setRule(match.rule());
    row.setNamespace(match.namespace());
    row.setTags(match.tags().isEmpty() ? null : match.tags());
    row.setDescription(match.description());
    row.setSeverity(Severity.of(match.severity()).orElse(Severity.MEDIUM).toString());
    row.setScope(part.region().type() + " region");
    row.setPid(pid);
    row.setProcess(process.imageFileName());
    row.setStart(part.region().start());
    row.setSize((long) part.bytes().length);
    row.setStrings(match.strings().isEmpty() ? null : places(part, match));
    row.setMatches(match.count());
    return row;
  }

  private static List<String> places(RegionBytes.Part part, YaraMatch match) {
    return match.strings().stream()
        .map(
            place ->
                place.identifier()
                    + "@"
                    + Hex.address(part.address(place.offset()))
                    + "+"
                    + place.length())
        .toList();
  }
}
