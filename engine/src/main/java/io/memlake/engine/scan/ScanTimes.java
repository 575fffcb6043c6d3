package io.memlake.engine.scan;

import java.io.Serializable;

/**
 * Where the time of a scan went, in nanoseconds of one thread. Reading is measured block by block;
 * scanners are measured on one page in {@value #SAMPLE}, and what they took is scaled to all pages.
 *
 * @param read reading, unpacking included
 * @param kind telling what a page is and hashing it
 * @param poolTags looking for pool headers
 * @param signatures looking for places where files and records begin
 * @param features looking for text with addresses and names
 */
public record ScanTimes(long read, long kind, long poolTags, long signatures, long features)
    implements Serializable {
  /** Nothing was measured. */
  public static final ScanTimes NONE = new ScanTimes(0, 0, 0, 0, 0);

  /** One page in so many is measured. */
  static final int SAMPLE = 64;

  /** Both together. */
  public ScanTimes plus(ScanTimes other) {
    return new ScanTimes(
        read + other.read,
        kind + other.kind,
        poolTags + other.poolTags,
        signatures + other.signatures,
        features + other.features);
  }

  /** All of it. */
  public long total() {
    return read + kind + poolTags + signatures + features;
  }
}
