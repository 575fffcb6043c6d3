package io.memlake.engine.scan;

import java.io.Serializable;

/**
 * Where the processor time of a scan went, in nanoseconds of one thread. Reading is measured block
 * by block; scanners are measured on half of the pages of one block in {@value #SAMPLE}, and what
 * they took is scaled to all pages.
 *
 * @param read reading, unpacking included
 * @param kind telling what a page is and hashing it
 * @param poolTags looking for pool headers
 * @param signatures looking for places where files and records begin
 * @param features looking for text with addresses and names
 * @param rest keeping what was found, and the loop around it all
 */
public record ScanTimes(
    long read, long kind, long poolTags, long signatures, long features, long rest)
    implements Serializable {
  /** Nothing was measured. */
  public static final ScanTimes NONE = new ScanTimes(0, 0, 0, 0, 0, 0);

  /** Half of the pages of one block in so many are measured. */
  static final int SAMPLE = 64;

  /**
   * The times of a scan out of its sample. Scanners that would take more than all of the scan, as a
   * small sample may say, share what reading left.
   *
   * @param total processor time of the scan
   * @param read of it, reading
   * @param sampled times of the four scanners on the pages that were measured
   * @param scale pages for each page that was measured
   */
  static ScanTimes of(long total, long read, long[] sampled, double scale) {
    long left = Math.max(0, total - read);
    double[] scaled = new double[sampled.length];
    double sum = 0;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = sampled[i] * scale;
      sum += scaled[i];
    }
    double factor = sum > left ? left / sum : 1;
    long kind = (long) (scaled[0] * factor);
    long tags = (long) (scaled[1] * factor);
    long signatures = (long) (scaled[2] * factor);
    long features = (long) (scaled[3] * factor);
    long rest = Math.max(0, left - kind - tags - signatures - features);
    return new ScanTimes(Math.min(read, total), kind, tags, signatures, features, rest);
  }

  /** Both together. */
  public ScanTimes plus(ScanTimes other) {
    return new ScanTimes(
        read + other.read,
        kind + other.kind,
        poolTags + other.poolTags,
        signatures + other.signatures,
        features + other.features,
        rest + other.rest);
  }

  /** All of it. */
  public long total() {
    return read + kind + poolTags + signatures + features + rest;
  }
}
