package io.memlake.jobs.task;

import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.plan.ImageSplit;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * Scans one chunk of a page file with the scanners of RAM and commits what it found, unless a
 * killed run did so before. Slots stand where frames would.
 *
 * @param file the page file
 * @param chunks where findings go
 * @param attempts how often a failing chunk is tried
 */
public record PageFileTask(PageFileUse file, ChunkStore chunks, int attempts)
    implements Serializable {

  /**
   * Scans {@code split}.
   *
   * @throws LakeWriteException when the findings cannot be written
   */
  public ChunkResult run(HostContext host, ImageSplit split) throws LakeWriteException {
    try (InputStream in = chunks.open(split.number(), host.configuration())) {
      return ChunkResult.of(split, FindingsFile.read(chunks.name(split.number()), in), 0);
    } catch (IOException e) {
      // No killed run finished it, or its file is damaged: it is scanned now.
    }
    Attempted<ChunkFindings> scanned = Attempted.of(attempts, () -> scan(host, split));
    return scanned.isOk()
        ? ChunkResult.of(split, scanned.result(), scanned.attempts())
        : ChunkResult.failed(split, scanned.attempts(), scanned.error());
  }

  private ChunkFindings scan(HostContext host, ImageSplit split) throws IOException {
    ChunkFindings findings;
    try (PageFileMemory memory =
        new PageFileMemory(
            EmbeddedEvidence.of(host.description().image(), host.evidence()).open(file.path()))) {
      findings = ChunkTask.scan(memory, split, host.description().pointerSize());
    }
    chunks.commit(split.number(), out -> FindingsFile.write(findings, out), host.configuration());
    return findings;
  }
}
