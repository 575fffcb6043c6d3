package io.memlake.jobs.hunt.yara;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.extract.MemoryRegion;
import io.memlake.engine.extract.ProcessExtract;
import io.memlake.engine.extract.ProcessPages;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.exit.CommandException;
import io.memlake.jobs.extract.LakeHost;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import io.memlake.jobs.lake.Lake;
import io.memlake.schemas.row.YaraMatchRow;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluates rules on one host: on the regions of running processes, on modules and big allocations
 * of the kernel in which some rule may match, by the literals found before, and on the pages with
 * literals that none of these has. Rules that need no literal are evaluated on every region. Equal
 * regions are scanned once.
 */
public final class YaraHostTask {
  /** Pages without a process that are evaluated one by one. */
  private static final int MAX_LOOSE_PAGES = 100_000;

  private final OpenedHost opened;
  private final HostHits hits;
  private final RuleGate gate;
  private final YaraRows rows;
  private final EngineSource all;
  private final Optional<EngineSource> ungated;
  private final Result result = new Result();
  private final Map<String, List<YaraMatch>> known = new HashMap<>();

  private YaraHostTask(
      OpenedHost opened,
      HostHits hits,
      RuleGate gate,
      YaraRows rows,
      EngineSource all,
      Optional<EngineSource> ungated) {
    this.opened = opened;
    this.hits = hits;
    this.gate = gate;
    this.rows = rows;
    this.all = all;
    this.ungated = ungated;
  }

  /** What the scan of a host gave. */
  public static final class Result implements Serializable {
    private static final long serialVersionUID = 1L;

    final ArrayList<YaraMatchRow> rows = new ArrayList<>();
    final TreeMap<String, String> problems = new TreeMap<>();
    long regions;
    long regionsEvaluated;
    long loosePages;
    String error = "";
  }

  /**
   * Evaluates a host; what goes wrong is in the result.
   *
   * @param all the engine with all rules
   * @param ungated the engine with the rules that need no literal, when there are any
   */
  static Result run(
      String lake,
      String caseId,
      OpenedHost opened,
      HostHits hits,
      RuleGate gate,
      HadoopEvidence evidence,
      String runId,
      EngineSource all,
      Optional<EngineSource> ungated) {
    Result failed = new Result();
    if (!opened.isOpen()) {
      failed.error = opened.error();
      return failed;
    }
    try (PagedOutMachine machine = opened.machine(evidence)) {
      LakeHost host =
          LakeHost.find(
              Lake.open(lake, evidence.configuration()),
              caseId,
              opened.name(),
              evidence.configuration());
      YaraRows rows = new YaraRows(caseId, opened.name(), opened.imageId(), runId);
      YaraHostTask task = new YaraHostTask(opened, hits, gate, rows, all, ungated);
      Optional<StorePages> store = machine.store();
      if (store.isPresent()) {
        hits.searchStore(store.get().store(), gate);
      }
      hits.problems()
          .forEach(problem -> task.result.problems.put(opened.name() + " chunk", problem));
      task.processes(host, machine);
      task.kernel(host, machine);
      task.loosePages(machine, evidence);
      return task.result;
    } catch (IOException | CommandException | MissingSymbolException e) {
      failed.error = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      failed.error = "internal error: " + e;
    }
    return failed;
  }

  private void processes(LakeHost host, PagedOutMachine machine) throws IOException {
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
    ProcessPages pages = ProcessPages.of(machine);
    ProcessExtract extract = ProcessExtract.of(machine);
    for (long address : addresses) {
      Eprocess process = Eprocess.read(machine.machine(), layout, address).orElse(null);
      if (process == null || process.directoryTableBase() == 0) {
        continue;
      }
      try {
        process(process, pages, extract);
      } catch (IOException | RuntimeException e) {
        result.problems.put(
            opened.name() + " pid " + process.uniqueProcessId(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void process(Eprocess process, ProcessPages pages, ProcessExtract extract)
      throws IOException {
    RegionGate regions = new RegionGate(gate, hits);
    pages.visit(process, regions);
    Set<MemoryRegion> wanted = regions.wanted();
    result.regions += regions.shown();
    result.regionsEvaluated += wanted.size();
    RegionBytes bytes =
        new RegionBytes(
            part -> scan(process, part, wanted.contains(part.region()) ? all : ungated.get()));
    extract.write(process, region -> ungated.isPresent() || wanted.contains(region), bytes, bytes);
    bytes.finish();
  }

  private void kernel(LakeHost host, PagedOutMachine machine) throws IOException {
    List<MemoryRegion> ranges =
        KernelRegions.of(host, machine, why -> result.problems.put(opened.name() + " kernel", why));
    try {
      ProcessPages pages = ProcessPages.of(machine);
      RegionGate regions = new RegionGate(gate, hits);
      pages.visitKernel(ranges, regions);
      Set<MemoryRegion> wanted = regions.wanted();
      result.regions += regions.shown();
      result.regionsEvaluated += wanted.size();
      RegionBytes bytes =
          new RegionBytes(part -> scan(part, wanted.contains(part.region()) ? all : ungated.get()));
      List<MemoryRegion> tried =
          ranges.stream().filter(region -> ungated.isPresent() || wanted.contains(region)).toList();
      pages.visitKernel(tried, bytes.pages());
      bytes.finish();
    } catch (IOException | RuntimeException e) {
      result.problems.put(opened.name() + " kernel", String.valueOf(e.getMessage()));
    }
  }

  private void scan(RegionBytes.Part part, EngineSource engine) {
    String where = opened.name() + " " + part;
    for (YaraMatch match : matches(part.bytes(), engine, where)) {
      result.rows.add(rows.ofKernel(part, match));
    }
  }

  private void scan(Eprocess process, RegionBytes.Part part, EngineSource engine) {
    int pid = (int) process.uniqueProcessId();
    String where = opened.name() + " pid " + pid + " " + part;
    for (YaraMatch match : matches(part.bytes(), engine, where)) {
      result.rows.add(rows.ofRegion(pid, process.imageFileName(), part, match));
    }
  }

  private void loosePages(PagedOutMachine machine, HadoopEvidence evidence) throws IOException {
    LoosePages loose = new LoosePages(opened, hits, gate, MAX_LOOSE_PAGES);
    boolean whole =
        loose.forEach(
            machine,
            evidence,
            (path, bytes) -> {
              result.loosePages++;
              for (YaraMatch match : matches(bytes, all, opened.name() + " " + path)) {
                result.rows.add(rows.ofPage(path, bytes.length, match));
              }
            });
    if (!whole) {
      result.problems.put(
          opened.name() + " pages of no process",
          "more than " + MAX_LOOSE_PAGES + " of them have literals of rules; the rest is left out");
    }
  }

  private List<YaraMatch> matches(byte[] bytes, EngineSource engine, String where) {
    String digest = engine.name() + Hex.bytes(Fingerprint.sha256().digest(bytes));
    List<YaraMatch> matches = known.get(digest);
    if (matches == null) {
      try {
        matches = engine.get().scan(bytes);
      } catch (YaraX.ScanFailedException e) {
        matches = List.of();
        result.problems.put(where, e.getMessage());
      }
      known.put(digest, matches);
    }
    return matches;
  }
}
