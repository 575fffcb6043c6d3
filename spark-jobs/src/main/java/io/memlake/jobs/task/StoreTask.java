package io.memlake.jobs.task;

import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.store.CompressedStore;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageMemory;
import io.memlake.engine.objects.store.StoredPageStatus;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.plan.ImageSplit;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes one unit of the compressed store, scans its pages with the scanners of RAM and commits
 * what it found, unless a killed run did so before.
 *
 * @param index where the pages lie, by {@link StoreIndexTask}
 * @param chunks where findings go
 * @param attempts how often a failing unit is tried
 */
public record StoreTask(ChunkStore index, ChunkStore chunks, int attempts) implements Serializable {

  /**
   * What the driver keeps of a unit.
   *
   * @param chunk the counts of any chunk
   * @param ok pages that decode
   * @param bad pages whose bytes are there and do not decode
   * @param missing pages whose bytes, or the way to them, are not there
   */
  public record UnitResult(ChunkResult chunk, long ok, long bad, long missing)
      implements Serializable {}

  /**
   * Works on a unit.
   *
   * @throws LakeWriteException when the findings cannot be written
   */
  public UnitResult run(HostContext host, ImageSplit unit) throws LakeWriteException {
    try (InputStream in = chunks.open(unit.number(), host.configuration())) {
      return result(unit, StoreFindings.read(chunks.name(unit.number()), in), 0);
    } catch (IOException e) {
      // No killed run finished it, or its file is damaged: it is scanned now.
    }
    Attempted<StoreFindings> scanned = Attempted.of(attempts, () -> scan(host, unit));
    return scanned.isOk()
        ? result(unit, scanned.result(), scanned.attempts())
        : new UnitResult(
            ChunkResult.failed(unit, scanned.attempts(), scanned.error()), 0, 0, unit.pageCount());
  }

  private static UnitResult result(ImageSplit unit, StoreFindings findings, int attempts) {
    return new UnitResult(
        ChunkResult.of(unit, findings.pages(), attempts),
        findings.count("ok"),
        findings.count("bad_size") + findings.count("bad_data"),
        findings.count("missing"));
  }

  private StoreFindings scan(HostContext host, ImageSplit unit) throws IOException {
    List<StoredPage> pages = pages(host, unit.number());
    try (PagedOutMachine machine = host.openPagedOut()) {
      CompressedStore store =
          machine
              .store()
              .map(StorePages::store)
              .orElseThrow(() -> new IOException("The compressed store cannot be opened again"));
      StoredPageMemory memory = new StoredPageMemory(store, unit.firstPfn(), pages);
      ChunkFindings found = ChunkTask.scan(memory, unit, host.description().pointerSize());
      List<StoredPageStatus> statuses = new ArrayList<>(pages.size());
      for (int i = 0; i < pages.size(); i++) {
        statuses.add(memory.status(i));
      }
      StoreFindings findings = new StoreFindings(found, statuses);
      chunks.commit(unit.number(), findings::write, host.configuration());
      return findings;
    }
  }

  List<StoredPage> pages(HostContext host, int unit) throws IOException {
    try (InputStream in = index.open(unit, host.configuration())) {
      return StoreIndexFile.read(index.name(unit), in);
    }
  }
}
