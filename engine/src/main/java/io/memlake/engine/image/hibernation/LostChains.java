package io.memlake.engine.image.hibernation;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chains of compression sets in a file that has lost its header. Chains begin at a page; a long row
 * of possible sets, the first of which decodes to its exact length, is no chance.
 *
 * @param chains in the order of the file
 * @param wide whether frames are 64-bit numbers
 */
record LostChains(List<Found> chains, boolean wide) {
  /**
   * A chain.
   *
   * @param start byte of the file at which it begins
   * @param pages frames in its sets
   */
  record Found(long start, long pages) {}

  /** Sets of a row that is believed. */
  private static final int LEAST_SETS = 32;

  /** A file in whose first 16 MiB no chain begins is none; RAW images begin with zeros, too. */
  private static final long SEARCHED = 16L << 20;

  private static final int READ = 1 << 20;

  /** Chains of the boot loader, the kernel and the secure kernel, and remains of older ones. */
  private static final int MAX_CHAINS = 16;

  /** The chains of a file; empty when none begins near its start. */
  static Optional<LostChains> find(ByteSource file) throws IOException {
    for (boolean wide : new boolean[] {true, false}) {
      long first = next(file, PhysicalMemory.PAGE_SIZE, wide);
      if (first >= 0) {
        return Optional.of(new LostChains(all(file, first, wide), wide));
      }
    }
    return Optional.empty();
  }

  private static List<Found> all(ByteSource file, long first, boolean wide) throws IOException {
    List<Found> chains = new ArrayList<>();
    long start = first;
    while (start >= 0 && chains.size() < MAX_CHAINS) {
      RestorationSets.Chain chain = RestorationSets.follow(file, start, wide, Long.MAX_VALUE);
      chains.add(new Found(start, chain.pages()));
      start = next(file, chain.end(), wide);
    }
    return chains;
  }

  /** The first chain at a page boundary from {@code from} on, or -1. */
  private static long next(ByteSource file, long from, boolean wide) throws IOException {
    int page = PhysicalMemory.PAGE_SIZE;
    long at = (from + page - 1) / page * page;
    long end = Math.min(file.size(), at + SEARCHED);
    while (at < end) {
      byte[] block = ContainerBytes.readUpTo(file, at, READ);
      for (int inside = 0; inside < block.length; inside += page) {
        if (RestorationSets.plausible(block, inside, wide) && begins(file, at + inside, wide)) {
          return at + inside;
        }
      }
      at += READ;
    }
    return -1;
  }

  private static boolean begins(ByteSource file, long at, boolean wide) throws IOException {
    return RestorationSets.follow(file, at, wide, LEAST_SETS).sets() == LEAST_SETS
        && RestorationSets.decodes(file, at, wide);
  }
}
