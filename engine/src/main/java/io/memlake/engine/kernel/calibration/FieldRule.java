package io.memlake.engine.kernel.calibration;

import java.io.IOException;

/**
 * What a field must hold in every process.
 *
 * @param field member of {@code _EPROCESS}
 * @param size bytes of the value, which is aligned to them
 * @param proofs processes that must prove it before it is believed
 * @param test asks one process
 */
record FieldRule(String field, int size, int proofs, Test test) {
  /** Smear and damage may contradict in one process of so many. */
  private static final int TOLERANCE = 10;

  /** Asks one process about one offset. */
  @FunctionalInterface
  interface Test {
    /** What the process says; the value lies inside what was read of it. */
    Vote of(ProcessSample sample, int offset) throws IOException;
  }

  /**
   * How all processes vote.
   *
   * @param proofs processes that prove the offset
   * @param contradictions processes that contradict
   */
  record Score(int proofs, int contradictions) {
    static final Score NONE = new Score(0, 0);
  }

  /** Whether no process contradicts; says little by itself. */
  boolean allows(Iterable<ProcessSample> samples, int offset) throws IOException {
    for (ProcessSample sample : samples) {
      if (sample.has(offset, size) && test.of(sample, offset) == Vote.CONTRADICTS) {
        return false;
      }
    }
    return true;
  }

  Score score(Iterable<ProcessSample> samples, int offset) throws IOException {
    int proven = 0;
    int contradicted = 0;
    for (ProcessSample sample : samples) {
      if (!sample.has(offset, size)) {
        continue;
      }
      Vote vote = test.of(sample, offset);
      proven += vote == Vote.PROVES ? 1 : 0;
      contradicted += vote == Vote.CONTRADICTS ? 1 : 0;
    }
    return contradicted * TOLERANCE <= proven && proven >= proofs
        ? new Score(proven, contradicted)
        : Score.NONE;
  }
}
