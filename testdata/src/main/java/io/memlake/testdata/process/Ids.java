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

  long take(long id) {
    if (id % STEP != 0 || !taken.add(id)) {
      throw new IllegalArgumentException("Process id " + id + " is taken or not a multiple of 4");
    }
    return id;
  }
}
