package io.memlake.jobs.task;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.ChunkScan;
import io.memlake.engine.scan.PageKind;
import io.memlake.engine.scan.PoolTags;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.plan.ImageSplit;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * Scans one chunk and commits what it found. Evidence that cannot be read makes a failed chunk,
 * never a failed job.
 *
 * @param attempts how often a failing chunk is tried
 */
public record ChunkTask(int attempts) implements Serializable {

  /**
   * Scans {@code split}.
   *
   * @throws LakeWriteException when the findings cannot be written
   */
  public ChunkResult run(
      ImageIndex image,
      Evidence evidence,
      ImageSplit split,
      ChunkStore store,
      Configuration configuration)
      throws LakeWriteException {
    String error = "";
    for (int attempt = 1; attempt <= attempts; attempt++) {
      try {
        ChunkFindings findings = scan(image, evidence, split);
        store.commit(split.number(), out -> FindingsFile.write(findings, out), configuration);
        return ChunkResult.of(split, findings, attempt);
      } catch (LakeWriteException e) {
        throw e;
      } catch (IOException e) {
        error = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        error = "internal error: " + e;
      }
    }
    return ChunkResult.failed(split, attempts, error);
  }

  /** Scans {@code split} without writing anything. */
  public static ChunkFindings scan(ImageIndex image, Evidence evidence, ImageSplit split)
      throws IOException {
    ChunkFindings findings = new ChunkFindings((int) split.readablePages());
    try (PhysicalMemory memory = image.open(evidence)) {
      new ChunkScan(PoolTags.ALL).scan(memory, split.firstPfn(), split.pageCount(), findings);
    }
    return findings;
  }

  /**
   * What the driver keeps of a chunk.
   *
   * @param split the chunk
   * @param pages pages with bytes
   * @param zeroPages of them, those that are all zero
   * @param peHeaders of them, those that begin a PE image
   * @param poolHeaders pool headers with a wanted tag
   * @param lostPages frames whose bytes could not be had
   * @param attempts how often it was tried
   * @param error why it failed; empty when it did not
   */
  public record ChunkResult(
      ImageSplit split,
      int pages,
      int zeroPages,
      int peHeaders,
      int poolHeaders,
      int lostPages,
      int attempts,
      String error)
      implements Serializable {

    /** A chunk that was scanned. */
    public static ChunkResult of(ImageSplit split, ChunkFindings findings, int attempts) {
      return new ChunkResult(
          split,
          findings.pages(),
          findings.count(PageKind.ZERO),
          findings.count(PageKind.PE_HEADER),
          findings.poolHeaders(),
          findings.lostPages(),
          attempts,
          "");
    }

    static ChunkResult failed(ImageSplit split, int attempts, String error) {
      return new ChunkResult(split, 0, 0, 0, 0, 0, attempts, error);
    }

    /** Whether it was scanned. */
    public boolean isOk() {
      return error.isEmpty();
    }
  }
}
