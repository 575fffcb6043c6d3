package io.memlake.jobs.task;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.ChunkScan;
import io.memlake.engine.scan.PageKind;
import io.memlake.engine.scan.PoolTags;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.plan.ChunkBatch;
import io.memlake.jobs.plan.ImageSplit;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Scans one chunk and commits what it found, unless a killed run did so before. Evidence that
 * cannot be read makes a failed chunk, never a failed job.
 *
 * @param attempts how often a failing chunk is tried
 */
public record ChunkTask(int attempts) implements Serializable {

  /**
   * Scans the chunks of {@code batch} one after the other.
   *
   * @throws LakeWriteException when findings cannot be written
   */
  public ArrayList<ChunkResult> run(
      ImageIndex image,
      Evidence evidence,
      ChunkBatch batch,
      ChunkStore store,
      Configuration configuration)
      throws LakeWriteException {
    ArrayList<ChunkResult> results = new ArrayList<>();
    for (ImageSplit split : batch.splits()) {
      results.add(run(image, evidence, split, store, configuration));
    }
    return results;
  }

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
    Optional<ChunkResult> earlier = recall(split, store, configuration);
    if (earlier.isPresent()) {
      return earlier.get();
    }
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

  /** What a killed run found; a damaged file counts as none. */
  private static Optional<ChunkResult> recall(
      ImageSplit split, ChunkStore store, Configuration configuration) {
    try (InputStream in = store.open(split.number(), configuration)) {
      ChunkFindings findings = FindingsFile.read(store.name(split.number()), in);
      return Optional.of(ChunkResult.of(split, findings, 0));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Scans {@code split} without writing anything. */
  public static ChunkFindings scan(ImageIndex image, Evidence evidence, ImageSplit split)
      throws IOException {
    try (PhysicalMemory memory = image.open(evidence)) {
      return scan(memory, split);
    }
  }

  /** Scans a part of whatever has pages: RAM, a page file, the compressed store. */
  static ChunkFindings scan(PhysicalMemory memory, ImageSplit split) throws IOException {
    ChunkFindings findings = new ChunkFindings((int) split.readablePages());
    new ChunkScan(PoolTags.ALL).scan(memory, split.firstPfn(), split.pageCount(), findings);
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
   * @param attempts how often it was tried; 0 when a killed run had finished it
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

    /** Whether an earlier run had finished it. */
    public boolean isRecalled() {
      return attempts == 0;
    }

    /** Whether it was scanned. */
    public boolean isOk() {
      return error.isEmpty();
    }
  }
}
