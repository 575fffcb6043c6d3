package io.memlake.engine.kernel;

/**
 * How well symbols fit a running kernel. More agreeing tests are better; of equal ones, fewer
 * failed.
 *
 * @param agreeing tests passed
 * @param tested tests that the evidence allowed
 */
record Agreement(int agreeing, int tested) implements Comparable<Agreement> {
  static final Agreement NONE = new Agreement(0, 0);

  Agreement plus(Agreement other) {
    return new Agreement(agreeing + other.agreeing, tested + other.tested);
  }

  Agreement plus(boolean passed) {
    return new Agreement(agreeing + (passed ? 1 : 0), tested + 1);
  }

  /** Whether most tests passed and there were enough of them to mean something. */
  boolean convincing() {
    return agreeing >= 3 && agreeing * 4 >= tested * 3;
  }

  @Override
  public int compareTo(Agreement other) {
    return agreeing != other.agreeing
        ? Integer.compare(agreeing, other.agreeing)
        : Integer.compare(other.tested, tested);
  }

  @Override
  public String toString() {
    return agreeing + " of " + tested + " tests agree";
  }
}
