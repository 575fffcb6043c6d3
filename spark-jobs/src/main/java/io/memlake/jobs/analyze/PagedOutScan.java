package io.memlake.jobs.analyze;

import io.memlake.engine.artifacts.quality.StoreCounts;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import io.memlake.jobs.task.PageLayer;
import io.memlake.jobs.task.StoreIndexTask.StoreIndex;
import io.memlake.jobs.task.StoreTask.UnitResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the scan of page files and of the compressed store gave. */
final class PagedOutScan {
  private final Map<PageFileUse, List<ChunkResult>> pageFiles = new LinkedHashMap<>();
  private List<UnitResult> units = List.of();
  private StoreIndex index;

  void pageFile(PageFileUse file, List<ChunkResult> chunks) {
    pageFiles.put(file, chunks);
  }

  void store(StoreIndex walked, List<UnitResult> results) {
    index = walked;
    units = results;
  }

  Map<PageFileUse, List<ChunkResult>> pageFiles() {
    return pageFiles;
  }

  List<UnitResult> units() {
    return units;
  }

  /** Counts of the store; null when there is none. */
  StoreCounts counts() {
    if (index == null) {
      return null;
    }
    long ok = 0;
    long bad = 0;
    long missing = 0;
    for (UnitResult unit : units) {
      ok += unit.ok();
      bad += unit.bad();
      missing += unit.missing();
    }
    return new StoreCounts(ok, bad, missing, index.lostNodes() + index.repeatedNodes());
  }

  /** Rows of the chunks, and what was wrong with them. */
  void stage(StagedHost staged) {
    pageFiles.forEach((file, chunks) -> staged.chunks(PageLayer.of(file).name(), chunks));
    staged.chunks("compressed", units.stream().map(UnitResult::chunk).toList());
  }
}
