package io.memlake.engine.objects.prefetch;

import io.memlake.engine.bytes.LittleEndian;

/**
 * Where the versions differ.
 *
 * @param runTimes place of the first time of a run
 * @param runTimeCount how many times there are
 * @param runCount place of the number of runs
 * @param metricsSize bytes of an entry for a file
 * @param metricsName place in the entry of the offset of its name
 * @param metricsReference place in the entry of the NTFS reference, or -1
 * @param volumeSize bytes of an entry for a volume
 */
record PrefetchLayout(
    int runTimes,
    int runTimeCount,
    int runCount,
    int metricsSize,
    int metricsName,
    int metricsReference,
    int volumeSize) {
  /** Start of the entries for files in the second form of version 30, which version 31 kept. */
  private static final int SHORT_INFORMATION = 0x128;

  private static final int METRICS = 0x54;

  /** The layout of a file; null for an unknown version. */
  static PrefetchLayout of(int version, byte[] bytes) {
    return switch (version) {
      case 17 -> new PrefetchLayout(0x78, 1, 0x90, 20, 8, -1, 40);
      case 23 -> new PrefetchLayout(0x80, 1, 0x98, 32, 12, 24, 104);
      case 26 -> new PrefetchLayout(0x80, 8, 0xD0, 32, 12, 24, 104);
      case 30, 31 -> {
        boolean shorter = LittleEndian.i32(bytes, METRICS) == SHORT_INFORMATION;
        yield new PrefetchLayout(0x80, 8, shorter ? 0xC8 : 0xD0, 32, 12, 24, 96);
      }
      default -> null;
    };
  }
}
