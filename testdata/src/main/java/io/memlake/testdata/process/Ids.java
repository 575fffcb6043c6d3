package io.memlake.testdata.process;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Process and thread ids: multiples of 4 from one source, with gaps. */
final class Ids {

  private static final int STEP = 4;

  private final SplittableRandom random;
  private final Set<Long> taken = new HashSet<>();
  private long next = 0x58;

  Ids(SplittableRandom random) {
    this.random = random;
  }

  long next() {
    do {
      next += STEP * (1L + random.nextInt(24));
    } while (!taken.add(next));
    return next;
  }

  /** Keeps an id from being handed out: one that was asked for, or that of a parent long gone. */
  void reserve(long id) {
    if (id % STEP != 0) {
      throw new IllegalArgumentException("Process id " + id + " is not a multiple of " + STEP);
    }
    taken.add(id);
  }
}
