package io.memlake.jobs.analyze;

import io.memlake.engine.artifacts.carve.Directories;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.plan.ImageSplit;
import io.memlake.jobs.plan.SplitPlan;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import io.memlake.jobs.task.HostContext;
import io.memlake.jobs.task.PageFileTask;
import io.memlake.jobs.task.PageLayer;
import io.memlake.jobs.task.PagedOutFindings;
import io.memlake.jobs.task.PagedOutRowsTask;
import io.memlake.jobs.task.StoreIndexTask;
import io.memlake.jobs.task.StoreIndexTask.StoreIndex;
import io.memlake.jobs.task.StoreTask;
import io.memlake.jobs.task.StoreTask.UnitResult;
import io.memlake.schemas.row.RunStepRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;

/**
 * The stages for pages that left RAM: chunks of page files, units of the compressed store, and the
 * join of both with the page tables. As in {@link HostWork} every unit commits its findings.
 */
final class PagedOutWork {
  /** Findings of so many chunks at most share files of rows. */
  private static final int CHUNKS_A_FILE = 16;

  private static final String PAGES = "pages";

  private final Workplace place;
  private final HostContext host;
  private final Broadcast<HostContext> context;
  private final StepLog steps;
  private final PagedOutStores stores;

  PagedOutWork(
      Workplace place,
      HostContext host,
      Broadcast<HostContext> context,
      StepLog steps,
      PagedOutStores stores) {
    this.place = place;
    this.host = host;
    this.context = context;
    this.steps = steps;
    this.stores = stores;
  }

  /** Scans everything that no earlier run finished. */
  PagedOutScan scan() {
    PagedOutScan scan = new PagedOutScan();
    for (PageFileUse file : host.pagedOut().files()) {
      if (file.isUsed()) {
        scan.pageFile(file, pageFile(file));
      }
    }
    if (host.pagedOut().store().isPresent()) {
      store(scan);
    }
    return scan;
  }

  private List<ChunkResult> pageFile(PageFileUse file) {
    String layer = PageLayer.of(file).name();
    List<ImageSplit> splits = SplitPlan.of(PageFileMemory.runs(file.size()), stores.chunkPages());
    RunStepRow step = steps.begin("chunks");
    step.setLayer(layer);
    place.progress().begin(host.host(), layer, file.size() >>> PhysicalMemory.PAGE_SHIFT, PAGES);
    Broadcast<HostContext> shared = context;
    PageFileTask task =
        new PageFileTask(file, stores.pageFile(file), place.options().chunkAttempts());
    List<ChunkResult> results =
        Tasks.run(
            place.spark(),
            host.host(),
            splits,
            split -> task.run(shared.value(), split),
            result -> place.progress().advance(host.host(), result.split().pageCount()),
            StepLog.cost(step));
    end(step, results, file.size());
    return results;
  }

  private void store(PagedOutScan scan) {
    RunStepRow step = steps.begin("chunks");
    step.setLayer("compressed");
    Broadcast<HostContext> shared = context;
    ChunkStore indexStore = stores.storeIndex();
    StoreIndex index =
        Tasks.run(
                place.spark(),
                host.host(),
                List.of(0),
                unit -> StoreIndexTask.run(shared.value(), indexStore),
                result -> {},
                StepLog.cost(step))
            .get(0);
    List<ImageSplit> units = new ArrayList<>();
    for (int i = 0; i < index.units(); i++) {
      long first = (long) i * StoreIndexTask.PAGES_OF_UNIT;
      units.add(new ImageSplit(i, first, index.pagesOf(i), index.pagesOf(i)));
    }
    place.progress().begin(host.host(), "compressed store", index.pages(), PAGES);
    StoreTask task = storeTask();
    List<UnitResult> results =
        Tasks.run(
            place.spark(),
            host.host(),
            units,
            unit -> task.run(shared.value(), unit),
            result -> place.progress().advance(host.host(), result.chunk().split().pageCount()),
            StepLog.cost(step));
    end(
        step,
        results.stream().map(UnitResult::chunk).toList(),
        index.pages() << PhysicalMemory.PAGE_SHIFT);
    scan.store(index, results);
  }

  private static void end(RunStepRow step, List<ChunkResult> results, long bytes) {
    int recalled = (int) results.stream().filter(ChunkResult::isRecalled).count();
    StepLog.end(step, results.size(), bytes, null);
    step.setSkippedChunks(recalled);
    StepLog.times(step, results);
    if (recalled > 0 && recalled == results.size()) {
      step.setStatus("resumed");
    }
  }

  private StoreTask storeTask() {
    return new StoreTask(
        stores.storeIndex(), stores.storeFindings(), place.options().chunkAttempts());
  }

  /** Where the findings of a scan lie. */
  PagedOutFindings findings(PagedOutScan scan) {
    LinkedHashMap<PageLayer, ChunkStore> files = new LinkedHashMap<>();
    scan.pageFiles().keySet().forEach(file -> files.put(PageLayer.of(file), stores.pageFile(file)));
    return new PagedOutFindings(files, scan.units().isEmpty() ? null : storeTask());
  }

  private static List<PagedOutRowsTask.Batch> batches(PagedOutScan scan) {
    List<PagedOutRowsTask.Batch> batches = new ArrayList<>();
    scan.pageFiles()
        .forEach((file, chunks) -> addBatches(batches, PageLayer.of(file), scanned(chunks)));
    addBatches(batches, null, scanned(scan.units().stream().map(UnitResult::chunk).toList()));
    return batches;
  }

  /** Names of directories among what was scanned. */
  Directories directories(PagedOutScan scan) {
    RunStepRow step = steps.begin("join");
    step.setLayer("paged out");
    List<PagedOutRowsTask.Batch> batches = batches(scan);
    Broadcast<HostContext> shared = context;
    StoreTask units = storeTask();
    PagedOutStores findings = stores;
    Directories merged =
        Directories.merge(
            Tasks.run(
                place.spark(),
                host.host() + " directories",
                batches,
                batch ->
                    batch.layer() == null
                        ? PagedOutRowsTask.directories(shared.value(), batch, units)
                        : PagedOutRowsTask.directories(
                            shared.value(), batch, findings.ofNumber(batch.layer().number())),
                result -> {},
                StepLog.cost(step)));
    StepLog.end(step, batches.size(), null, null);
    return merged;
  }

  /**
   * Joins what was scanned with its owners and writes it.
   *
   * @param names directories of the whole machine
   */
  List<PagedOutRowsTask.Written> rows(
      PagedOutScan scan, ReverseMap owners, Directories names, Set<String> tables)
      throws IOException {
    RunStepRow step = steps.begin("join");
    step.setLayer("paged out");
    List<PagedOutRowsTask.Batch> batches = batches(scan);
    Broadcast<Directories> directories = place.spark().broadcast(names);
    Broadcast<HostContext> shared = context;
    Broadcast<ReverseMap> map = owners == null ? null : place.spark().broadcast(owners);
    HashSet<String> wanted = new HashSet<>(tables);
    StoreTask units = storeTask();
    PagedOutStores findings = stores;
    try {
      List<PagedOutRowsTask.Written> written =
          Tasks.run(
              place.spark(),
              host.host(),
              batches,
              batch -> {
                ReverseMap known = map == null ? null : map.value();
                return batch.layer() == null
                    ? PagedOutRowsTask.store(
                        shared.value(), batch, units, known, directories.value(), wanted)
                    : PagedOutRowsTask.pageFile(
                        shared.value(),
                        batch,
                        findings.ofNumber(batch.layer().number()),
                        known,
                        directories.value(),
                        wanted);
              },
              result -> {},
              StepLog.cost(step));
      long rows =
          written.stream()
              .flatMap(one -> one.files().values().stream())
              .mapToLong(DataFile::rows)
              .sum();
      StepLog.end(step, batches.size(), null, rows);
      return written;
    } finally {
      directories.destroy();
      if (map != null) {
        map.destroy();
      }
    }
  }

  private static List<Integer> scanned(List<ChunkResult> chunks) {
    return chunks.stream().filter(ChunkResult::isOk).map(chunk -> chunk.split().number()).toList();
  }

  private static void addBatches(
      List<PagedOutRowsTask.Batch> batches, PageLayer layer, List<Integer> chunks) {
    for (int from = 0; from < chunks.size(); from += CHUNKS_A_FILE) {
      int to = Math.min(chunks.size(), from + CHUNKS_A_FILE);
      batches.add(
          new PagedOutRowsTask.Batch(
              batches.size(), layer, new ArrayList<>(chunks.subList(from, to))));
    }
  }
}
