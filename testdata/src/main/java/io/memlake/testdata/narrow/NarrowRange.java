package io.memlake.testdata.narrow;

/**
 * A range of a process.
 *
 * @param start first address
 * @param end last address
 * @param protection index into {@code MmProtectToValue}
 * @param file path of the mapped executable; empty for private memory
 */
public record NarrowRange(long start, long end, int protection, String file) {
  /** Whether it is private memory. */
  public boolean privateMemory() {
    return file.isEmpty();
  }
}
