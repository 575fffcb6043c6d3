package io.memlake.engine.image.raw;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.raw.SelfMapStaircase.Step;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether a RAW file leaves out the holes between the runs of RAM, and where they are,
 * from the page tables in it.
 *
 * <p>In a padded image every self-map entry points to its own offset. In an unpadded one the
 * difference grows in steps along the file: each step is one hole. A step is known only to lie
 * between two tables; RAM practically always resumes at 1 MiB or at 4 GiB, so when one of these
 * fits, the hole ends there.
 */
final class RunInference {
  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;

  /** Samples for the first look: the start, where the System process lies, and pieces all over. */
  private static final long FIRST_SAMPLE = 64L << 20;

  private static final int SAMPLES = 48;
  private static final long SAMPLE = 4L << 20;

  /** Where RAM resumes after a hole on PCs. */
  private static final long[] RESUMPTIONS = {0x1_0000_0000L, 0x10_0000L};

  /** Machines have a handful of holes; a longer staircase is noise. */
  private static final int MAX_STEPS = 64;

  /**
   * What was found.
   *
   * @param runs in the order of the file
   * @param warnings how it was found and how sure it is
   */
  record Inferred(List<PageRun> runs, List<String> warnings) {}

  private RunInference() {}

  /** Empty when the file is padded, or when it holds no page tables that tell. */
  static Optional<Inferred> infer(ByteSource file) throws IOException {
    SelfMapScan sampled = new SelfMapScan(file);
    sample(sampled, file.size());
    if (!leavesOutHoles(SelfMapStaircase.of(sampled.tables()))) {
      return Optional.empty();
    }
    SelfMapScan all = new SelfMapScan(file);
    all.scan(0, file.size());
    List<Step> stairs = SelfMapStaircase.of(all.tables());
    return leavesOutHoles(stairs) ? Optional.of(runs(file.size(), stairs)) : Optional.empty();
  }

  private static boolean leavesOutHoles(List<Step> stairs) {
    return !stairs.isEmpty() && stairs.get(stairs.size() - 1).missing() > 0;
  }

  private static void sample(SelfMapScan scan, long size) throws IOException {
    if (size <= FIRST_SAMPLE + SAMPLES * SAMPLE) {
      scan.scan(0, size);
      return;
    }
    scan.scan(0, FIRST_SAMPLE);
    long step = (size - FIRST_SAMPLE) / SAMPLES / PAGE_SIZE * PAGE_SIZE;
    for (int i = 0; i < SAMPLES; i++) {
      scan.scan(FIRST_SAMPLE + i * step, SAMPLE);
    }
  }

  private static Inferred runs(long size, List<Step> stairs) {
    List<PageRun> runs = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    long runStart = 0;
    long missing = 0;
    long lastOffset = -PAGE_SIZE;
    for (Step hit : stairs) {
      if (hit.missing() != missing && runs.size() < MAX_STEPS) {
        long split = split(lastOffset + PAGE_SIZE, hit, missing, warnings);
        if (split > runStart) {
          runs.add(run(runStart, split, missing));
        }
        runStart = split;
        missing = hit.missing();
      }
      lastOffset = hit.offset();
    }
    runs.add(run(runStart, size, missing));
    warnings.add(
        "The image leaves out holes between runs of RAM; "
            + stairs.size()
            + " page tables that map themselves gave "
            + runs.size()
            + " runs");
    return new Inferred(runs, warnings);
  }

  private static PageRun run(long from, long to, long missing) {
    long pages = (to - from + PAGE_SIZE - 1) / PAGE_SIZE;
    return new PageRun((from + missing) / PAGE_SIZE, Math.max(1, pages), PageState.PRESENT);
  }

  /** The offset at which the frames behind the hole begin. */
  private static long split(long from, Step hit, long missing, List<String> warnings) {
    for (long resumption : RESUMPTIONS) {
      long offset = resumption - hit.missing();
      if (offset >= from && offset <= hit.offset()) {
        return offset;
      }
    }
    warnings.add(
        "A hole of "
            + Hex.address(hit.missing() - missing)
            + " bytes lies somewhere between the offsets "
            + Hex.address(from)
            + " and "
            + Hex.address(hit.offset())
            + "; it is assumed at the end of that range");
    return hit.offset();
  }
}
