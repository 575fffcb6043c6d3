package io.memlake.jobs.analyze;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.carve.CarvedRows;
import io.memlake.engine.artifacts.registry.HiveUnit;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.plan.ChunkBatch;
import io.memlake.jobs.plan.ImageSplit;
import io.memlake.jobs.plan.SplitPlan;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.task.ChunkTask;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import io.memlake.jobs.task.HiveTask;
import io.memlake.jobs.task.HostContext;
import io.memlake.jobs.task.KernelMapTask;
import io.memlake.jobs.task.KernelMapTask.KernelMap;
import io.memlake.jobs.task.MachineTask;
import io.memlake.jobs.task.MinidumpTask;
import io.memlake.jobs.task.PageRowsTask;
import io.memlake.jobs.task.PageTableTotals;
import io.memlake.jobs.task.PagedOutFindings;
import io.memlake.jobs.task.ProcessTask;
import io.memlake.schemas.row.RunStepRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;

/**
 * The distributed stages of one host, each a job of small units. A stage only plans, distributes
 * and sums up; what a unit does stands in {@code task}.
 */
final class HostWork {
  /** Page rows of so many chunks at most share a file. */
  private static final int MAX_CHUNKS_A_FILE = 16;

  /** Batches a core: enough that a slow one does not hold up the others for long. */
  private static final int BATCHES_A_CORE = 3;

  private static final String BYTES = "bytes";

  private final Workplace place;
  private final HostContext host;
  private final Broadcast<HostContext> context;
  private final StepLog steps;
  private final HashSet<String> tables;

  HostWork(
      Workplace place,
      HostContext host,
      Broadcast<HostContext> context,
      StepLog steps,
      Set<String> tables) {
    this.place = place;
    this.host = host;
    this.context = context;
    this.steps = steps;
    this.tables = new HashSet<>(tables);
  }

  /** Pages a chunk of this host. */
  static long chunkPages(Workplace place, MachineDescription description) {
    int asked = place.options().chunkPages();
    return asked > 0 ? asked : SplitPlan.pagesFor(readablePages(description));
  }

  /** Scans every chunk that no earlier run finished. */
  List<ChunkResult> chunks() {
    RunStepRow step = steps.begin("chunks");
    long pages = chunkPages(place, host.description());
    List<ImageSplit> splits = SplitPlan.of(host.description().image().runs(), pages);
    long bytes = readablePages(host.description()) << PhysicalMemory.PAGE_SHIFT;
    place.progress().begin(host.host(), "chunks", bytes, BYTES);
    Broadcast<HostContext> shared = context;
    ChunkTask task =
        new ChunkTask(
            place.options().chunkAttempts(),
            host.description().pointerSize(),
            !Collections.disjoint(tables, CarvedRows.ownTables()));
    List<ChunkResult> results = new ArrayList<>();
    Tasks.run(
            place.spark(),
            host.host(),
            ChunkBatch.of(splits, place.spark().defaultParallelism()),
            batch -> {
              HostContext on = shared.value();
              return task.run(
                  on.description().image(), on.evidence(), batch, on.chunks(), on.configuration());
            },
            done -> place.progress().advance(host.host(), bytes(done)),
            StepLog.cost(step))
        .forEach(results::addAll);
    results.sort(Comparator.comparingInt(result -> result.split().number()));
    int recalled = (int) results.stream().filter(ChunkResult::isRecalled).count();
    StepLog.end(step, splits.size(), bytes, null);
    step.setSkippedChunks(recalled);
    StepLog.times(step, results);
    if (recalled > 0 && recalled == splits.size()) {
      step.setStatus("resumed");
    }
    return results;
  }

  private static long bytes(List<ChunkResult> chunks) {
    long pages = chunks.stream().mapToLong(chunk -> chunk.split().readablePages()).sum();
    return pages << PhysicalMemory.PAGE_SHIFT;
  }

  /** Walks the kernel's page tables. */
  KernelMap kernelMap() {
    RunStepRow step = steps.begin("page_tables");
    Broadcast<HostContext> shared = context;
    KernelMap map =
        Tasks.run(
                place.spark(),
                host.host(),
                List.of(0),
                unit -> KernelMapTask.run(shared.value()),
                result -> {},
                StepLog.cost(step))
            .get(0);
    StepLog.end(step, 1, null, null);
    return map;
  }

  /** Collects what looks at the machine as a whole. */
  MachineTask.Walked machine(ReverseMap kernelMap, boolean scanned, PagedOutFindings pagedOut) {
    RunStepRow step = steps.begin("walk");
    place.progress().begin(host.host(), "walk", 0, "");
    Broadcast<HostContext> shared = context;
    HashSet<String> wanted = tables;
    Broadcast<ReverseMap> kernel = place.spark().broadcast(kernelMap);
    try {
      MachineTask.Walked walked =
          Tasks.run(
                  place.spark(),
                  host.host(),
                  List.of(0),
                  unit ->
                      MachineTask.run(shared.value(), kernel.value(), scanned, pagedOut, wanted),
                  result -> {},
                  StepLog.cost(step))
              .get(0);
      StepLog.end(step, 1, null, walked.collected().rows());
      return walked;
    } finally {
      kernel.destroy();
    }
  }

  /** Walks the page tables of processes and collects what is in their memory. */
  List<ProcessTask.Walked> processes(List<Long> addresses) {
    RunStepRow step = steps.begin("walk");
    List<ProcessTask.Batch> batches =
        ProcessTask.batches(addresses, place.spark().defaultParallelism() * BATCHES_A_CORE);
    place.progress().begin(host.host(), "processes", addresses.size(), "processes");
    Broadcast<HostContext> shared = context;
    HashSet<String> wanted = tables;
    List<ProcessTask.Walked> walked =
        Tasks.run(
            place.spark(),
            host.host(),
            batches,
            batch -> ProcessTask.run(shared.value(), batch, wanted),
            result -> place.progress().advance(host.host(), result.processes()),
            StepLog.cost(step));
    long rows = walked.stream().mapToLong(one -> one.collected().rows()).sum();
    StepLog.end(step, batches.size(), null, rows);
    return walked;
  }

  /** Reads the registry's hives. */
  List<HiveTask.Read> hives(List<HiveUnit> units) {
    RunStepRow step = steps.begin("walk");
    List<HiveTask.Batch> batches =
        HiveTask.batches(units, place.spark().defaultParallelism() * BATCHES_A_CORE);
    place.progress().begin(host.host(), "registry", units.size(), "hives");
    Broadcast<HostContext> shared = context;
    HashSet<String> wanted = tables;
    List<HiveTask.Read> read =
        Tasks.run(
            place.spark(),
            host.host(),
            batches,
            batch -> HiveTask.run(shared.value(), batch, wanted),
            result -> place.progress().advance(host.host(), result.hives()),
            StepLog.cost(step));
    long rows = read.stream().mapToLong(one -> one.collected().rows()).sum();
    StepLog.end(step, batches.size(), null, rows);
    return read;
  }

  /** Collects a process that was dumped by itself. */
  MinidumpTask.Walked minidump(String file) {
    RunStepRow step = steps.begin("walk");
    place.progress().begin(host.host(), "minidump", 0, "");
    Broadcast<HostContext> shared = context;
    HashSet<String> wanted = tables;
    MinidumpTask.Walked walked =
        Tasks.run(
                place.spark(),
                host.host(),
                List.of(file),
                dump -> MinidumpTask.run(shared.value(), dump, wanted),
                result -> {},
                StepLog.cost(step))
            .get(0);
    StepLog.end(step, 1, null, walked.rows());
    return walked;
  }

  /** Joins the scanned pages with their owners and writes them. */
  List<PageRowsTask.Written> pages(List<Integer> chunks, ReverseMap owners) throws IOException {
    RunStepRow step = steps.begin("join");
    int files = place.spark().defaultParallelism() * 2;
    int size = Math.max(1, Math.min(MAX_CHUNKS_A_FILE, (chunks.size() + files - 1) / files));
    List<PageRowsTask.Batch> batches = PageRowsTask.batches(chunks, size);
    place.progress().begin(host.host(), "pages", chunks.size(), "chunks");
    Broadcast<HostContext> shared = context;
    Broadcast<ReverseMap> map = owners == null ? null : place.spark().broadcast(owners);
    try {
      List<PageRowsTask.Written> written =
          Tasks.run(
              place.spark(),
              host.host(),
              batches,
              batch -> PageRowsTask.run(shared.value(), batch, map == null ? null : map.value()),
              result -> place.progress().advance(host.host(), size),
              StepLog.cost(step));
      StepLog.end(
          step, batches.size(), null, written.stream().mapToLong(one -> one.file().rows()).sum());
      return written;
    } finally {
      if (map != null) {
        map.destroy();
      }
    }
  }

  /** Sums over all address spaces. */
  static PageTableTotals totals(KernelMap kernel, List<ProcessTask.Walked> walked) {
    PageTableTotals totals = kernel.totals();
    for (ProcessTask.Walked one : walked) {
      totals = totals.plus(one.totals());
    }
    return totals;
  }

  /** Counts of all artifacts. */
  static Collected collected(MachineTask.Walked machine, List<ProcessTask.Walked> walked) {
    Collected collected = machine.collected();
    for (ProcessTask.Walked one : walked) {
      collected = collected.plus(one.collected());
    }
    return collected;
  }

  /** One map of all address spaces. */
  static ReverseMap owners(KernelMap kernel, List<ProcessTask.Walked> walked) {
    List<ReverseMap> parts = new ArrayList<>();
    parts.add(kernel.map());
    walked.forEach(one -> parts.add(one.map()));
    return ReverseMap.merge(parts);
  }

  private static long readablePages(MachineDescription description) {
    return description.image().runs().stream()
        .filter(run -> run.state().readable())
        .mapToLong(PageRun::pageCount)
        .sum();
  }
}
