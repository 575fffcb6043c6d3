package io.memlake.engine.artifacts.injection;

/** Counts byte values for the entropy of what was looked at. */
final class ByteHistogram {
  private static final int VALUES = 256;

  private final long[] counts = new long[VALUES];
  private long total;

  void add(byte[] bytes) {
    for (byte value : bytes) {
      counts[value & 0xFF]++;
    }
    total += bytes.length;
  }

  /** Bits a byte, 0 to 8; null when nothing was counted. */
  Double entropy() {
    if (total == 0) {
      return null;
    }
    double sum = 0;
    for (long count : counts) {
      if (count > 0) {
        double share = (double) count / total;
        sum -= share * Math.log(share) / Math.log(2);
      }
    }
    return sum == 0 ? 0.0 : sum;
  }
}
