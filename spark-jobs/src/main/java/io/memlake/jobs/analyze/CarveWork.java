package io.memlake.jobs.analyze;

import io.memlake.engine.artifacts.carve.Directories;
import io.memlake.engine.artifacts.carve.PageSet;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.task.CarveTask;
import io.memlake.jobs.task.HostContext;
import io.memlake.jobs.task.PageRowsTask;
import io.memlake.jobs.task.PageRowsTask.Batch;
import io.memlake.schemas.row.RunStepRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;

/** The stage for what the scan's signatures lead to: event logs, file records, other files. */
final class CarveWork {
  /** Candidates of so many chunks at most share files of rows. */
  private static final int MAX_CHUNKS_A_FILE = 16;

  private final Workplace place;
  private final HostContext host;
  private final Broadcast<HostContext> context;
  private final StepLog steps;

  CarveWork(Workplace place, HostContext host, Broadcast<HostContext> context, StepLog steps) {
    this.place = place;
    this.host = host;
    this.context = context;
    this.steps = steps;
  }

  /**
   * Reads the candidates of scanned chunks.
   *
   * @param owners who maps which frame, or null when the page tables could not be walked
   * @param mounted frames of hives that were read as a whole
   * @param names directories of the whole machine
   * @return staged files by table, of each task
   */
  List<CarveTask.Written> rows(
      List<Integer> chunks,
      ReverseMap owners,
      PageSet mounted,
      Directories names,
      Set<String> tables) {
    RunStepRow step = steps.begin("join");
    int size = chunksAFile(chunks);
    List<Batch> batches = PageRowsTask.batches(chunks, size);
    place.progress().begin(host.host(), "carved", chunks.size(), "chunks");
    Broadcast<HostContext> shared = context;
    Broadcast<Directories> directories = place.spark().broadcast(names);
    Broadcast<ReverseMap> map = owners == null ? null : place.spark().broadcast(owners);
    Broadcast<PageSet> hives = place.spark().broadcast(mounted);
    HashSet<String> wanted = new HashSet<>(tables);
    try {
      List<CarveTask.Written> written =
          Tasks.run(
              place.spark(),
              host.host(),
              batches,
              batch ->
                  CarveTask.rows(
                      shared.value(),
                      batch,
                      map == null ? null : map.value(),
                      directories.value(),
                      hives.value(),
                      wanted),
              result -> place.progress().advance(host.host(), size),
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
      hives.destroy();
      if (map != null) {
        map.destroy();
      }
    }
  }

  /** Names of directories among the candidates of scanned chunks. */
  Directories directories(List<Integer> chunks) {
    RunStepRow step = steps.begin("join");
    List<Batch> batches = PageRowsTask.batches(chunks, chunksAFile(chunks));
    Broadcast<HostContext> shared = context;
    Directories merged =
        Directories.merge(
            Tasks.run(
                place.spark(),
                host.host() + " directories",
                batches,
                batch -> CarveTask.directories(shared.value(), batch),
                result -> {},
                StepLog.cost(step)));
    StepLog.end(step, batches.size(), null, null);
    return merged;
  }

  private int chunksAFile(List<Integer> chunks) {
    int files = place.spark().defaultParallelism() * 2;
    return Math.max(1, Math.min(MAX_CHUNKS_A_FILE, (chunks.size() + files - 1) / files));
  }
}
