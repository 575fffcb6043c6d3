package io.memlake.jobs.task;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.ChunkScan;
import io.memlake.engine.scan.PageKind;
import io.memlake.engine.scan.PoolTags;
import io.memlake.engine.scan.ScanTimes;
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
 * Scans one chunk and commits what it found, unless a killed run did so before. A chunk that cannot
 * be scanned is cut in two once, so that half of it may be kept; it never fails the job.
 *
 * @param attempts how often a failing chunk is tried
 * @param pointerSize bytes of an address in the kernel: 8 or 4
 * @param carving whether places are wanted where files and records begin
 */
public record ChunkTask(int attempts, int pointerSize, boolean carving) implements Serializable {

  /** A task that looks for everything. */
  public ChunkTask(int attempts, int pointerSize) {
    this(attempts, pointerSize, true);
  }

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
        ChunkFindings findings = scan(image, evidence, split, pointerSize, carving);
        commit(split, findings, store, configuration);
        return ChunkResult.of(split, findings, attempt);
      } catch (LakeWriteException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        error = reason(e);
      }
    }
    ChunkFindings halves = scanHalves(image, evidence, split);
    if (halves.pages() == 0) {
      return ChunkResult.failed(split, attempts, error);
    }
    commit(split, halves, store, configuration);
    return ChunkResult.poisoned(split, halves, attempts, error);
  }

  /** What can be had of a chunk that cannot be scanned as a whole; the rest of it is lost pages. */
  private ChunkFindings scanHalves(ImageIndex image, Evidence evidence, ImageSplit split) {
    ChunkFindings kept = new ChunkFindings((int) split.readablePages());
    for (ImageSplit half : split.halves(image.runs())) {
      try {
        kept.addAll(scan(image, evidence, half, pointerSize, carving));
      } catch (IOException | RuntimeException e) {
        for (PageRun run : image.runs()) {
          long end = run.state().readable() ? Math.min(half.endPfn(), run.endPfn()) : 0;
          for (long pfn = Math.max(half.firstPfn(), run.firstPfn()); pfn < end; pfn++) {
            kept.lost(pfn);
          }
        }
      }
    }
    return kept;
  }

  private static void commit(
      ImageSplit split, ChunkFindings findings, ChunkStore store, Configuration configuration)
      throws LakeWriteException {
    try {
      store.commit(split.number(), out -> FindingsFile.write(findings, out), configuration);
    } catch (LakeWriteException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("a store only fails to write", e);
    }
  }

  private static String reason(Exception failure) {
    return failure instanceof IOException
        ? String.valueOf(failure.getMessage())
        : "internal error: " + failure;
  }

  /**
   * What a killed run found. A damaged file counts as none, and so does a chunk that lost pages:
   * what made it lose them may be over.
   */
  private static Optional<ChunkResult> recall(
      ImageSplit split, ChunkStore store, Configuration configuration) {
    try (InputStream in = store.open(split.number(), configuration)) {
      ChunkFindings findings = FindingsFile.read(store.name(split.number()), in);
      return findings.lostPages() > 0
          ? Optional.empty()
          : Optional.of(ChunkResult.of(split, findings, 0));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Scans {@code split} without writing anything.
   *
   * @param pointerSize bytes of an address in the kernel: 8 or 4
   * @param carving whether places are wanted where files and records begin
   */
  public static ChunkFindings scan(
      ImageIndex image, Evidence evidence, ImageSplit split, int pointerSize, boolean carving)
      throws IOException {
    try (PhysicalMemory memory = image.open(evidence)) {
      return scan(memory, split, pointerSize, carving);
    }
  }

  /** Scans a part of whatever has pages: RAM, a page file, the compressed store. */
  static ChunkFindings scan(PhysicalMemory memory, ImageSplit split, int pointerSize)
      throws IOException {
    return scan(memory, split, pointerSize, true);
  }

  private static ChunkFindings scan(
      PhysicalMemory memory, ImageSplit split, int pointerSize, boolean carving)
      throws IOException {
    ChunkFindings findings = new ChunkFindings((int) split.readablePages());
    ChunkScan scan = new ChunkScan(PoolTags.ALL, pointerSize, carving);
    findings.addTimes(scan.scan(memory, split.firstPfn(), split.pageCount(), findings).times());
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
   * @param times where the time of the scan went
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
      ScanTimes times,
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
          findings.times(),
          attempts,
          "");
    }

    /** A chunk of which a part was given up. */
    static ChunkResult poisoned(
        ImageSplit split, ChunkFindings findings, int attempts, String error) {
      ChunkResult rest = of(split, findings, attempts);
      return new ChunkResult(
          split,
          rest.pages,
          rest.zeroPages,
          rest.peHeaders,
          rest.poolHeaders,
          rest.lostPages,
          rest.times,
          attempts,
          error);
    }

    static ChunkResult failed(ImageSplit split, int attempts, String error) {
      return new ChunkResult(split, 0, 0, 0, 0, 0, ScanTimes.NONE, attempts, error);
    }

    /** Whether an earlier run had finished it. */
    public boolean isRecalled() {
      return attempts == 0;
    }

    /** Whether it was scanned as a whole. */
    public boolean isOk() {
      return error.isEmpty();
    }

    /** Whether there are findings of it, if not of all of it. */
    public boolean hasFindings() {
      return isOk() || pages > 0;
    }
  }
}
