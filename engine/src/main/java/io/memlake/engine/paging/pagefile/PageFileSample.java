package io.memlake.engine.paging.pagefile;

import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a page file looks like by itself, from pages spread evenly over it.
 *
 * @param pages pages that were looked at
 * @param zero how many of them are all zero
 * @param random how many of them look like noise: encrypted, or compressed
 * @param crashDump whether the file starts with a crash dump, which Windows keeps here until the
 *     next start: the pages behind it are of no process
 */
public record PageFileSample(int pages, int zero, int random, boolean crashDump) {
  /** Enough for a share that is right to a few per cent, read in well under a second. */
  private static final int MOST_PAGES = 512;

  /**
   * Noise has about 16 of each byte value in 4096 bytes; a chi-square above this (99.9 % of noise
   * is below 330) is no noise.
   */
  private static final double NOISE_LIMIT = 400;

  private static final byte[] DUMP_64 = "PAGEDU64".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DUMP_32 = "PAGEDUMP".getBytes(StandardCharsets.US_ASCII);

  /** Looks at a file; reads at most 2 MiB. */
  public static PageFileSample of(PageFile file) throws IOException {
    long count = file.pageCount();
    int samples = (int) Math.min(MOST_PAGES, count);
    byte[] page = new byte[PhysicalMemory.PAGE_SIZE];
    boolean crashDump = false;
    int read = 0;
    int zero = 0;
    int random = 0;
    for (int i = 0; i < samples; i++) {
      // The first page is always among them.
      if (!file.readPage(count / samples * i, page, 0)) {
        continue;
      }
      read++;
      crashDump |= i == 0 && (startsWith(page, DUMP_64) || startsWith(page, DUMP_32));
      if (isZero(page)) {
        zero++;
      } else if (isNoise(page)) {
        random++;
      }
    }
    return new PageFileSample(read, zero, random, crashDump);
  }

  /** Whether nothing but noise was found: the file is encrypted (NtfsEncryptPagingFile). */
  public boolean isEncrypted() {
    int filled = pages - zero;
    return filled >= 16 && random >= filled - filled / 50;
  }

  /** Whether nothing was ever written to the pages that were looked at. */
  public boolean isEmpty() {
    return pages == zero;
  }

  static boolean isZero(byte[] page) {
    for (byte b : page) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNoise(byte[] page) {
    int[] counts = new int[256];
    for (byte b : page) {
      counts[b & 0xFF]++;
    }
    double expected = page.length / 256.0;
    double distance = 0;
    for (int count : counts) {
      distance += (count - expected) * (count - expected) / expected;
    }
    return distance < NOISE_LIMIT;
  }

  private static boolean startsWith(byte[] page, byte[] signature) {
    return Arrays.equals(page, 0, signature.length, signature, 0, signature.length);
  }
}
