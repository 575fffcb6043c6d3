package io.memlake.testdata.machine;

import io.memlake.testdata.memory.RamMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * What frames hold that belong to nobody. Their bytes follow from seed and frame number alone, so a
 * machine of any size needs no memory for them.
 *
 * @param kind what they look like
 * @param seed what their bytes depend on
 */
public record RamFill(Kind kind, long seed) {

  /** What free RAM looks like. */
  public enum Kind {
    /** All zero: the image file has holes there and takes no room. */
    ZERO,
    /** Random bytes: nothing repeats, nothing compresses. */
    NOISE,
    /** A mix as in a used system: zero, text, pointers, tables that repeat, random bytes. */
    MIXED
  }

  private static final int FRAME = RamMap.FRAME_SIZE;
  private static final byte[] ZEROS = new byte[FRAME];
  private static final byte[] TEXT =
      "The quick brown fox jumps over the lazy dog. <a href=\"https://example.net/\">0123456789</a>\r\n"
          .getBytes(StandardCharsets.UTF_8);

  /** How many distinct frames of repeating tables there are, so that page hashes meet again. */
  private static final int DISTINCT_TABLES = 64;

  private enum Content {
    ZERO,
    TEXT,
    POINTERS,
    TABLE,
    NOISE
  }

  boolean isZero(long pfn) {
    return content(pfn) == Content.ZERO;
  }

  byte[] frame(long pfn) {
    Content content = content(pfn);
    if (content == Content.ZERO) {
      return ZEROS;
    }
    byte[] bytes = new byte[FRAME];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long start = content == Content.TABLE ? pfn % DISTINCT_TABLES : pfn;
    SplittableRandom random = new SplittableRandom(seed ^ start * 0x9E3779B97F4A7C15L);
    switch (content) {
      case TEXT -> text(out, random);
      case POINTERS -> pointers(out, random);
      default -> noise(out, random);
    }
    return bytes;
  }

  private Content content(long pfn) {
    if (kind == Kind.ZERO) {
      return Content.ZERO;
    }
    if (kind == Kind.NOISE) {
      return Content.NOISE;
    }
    long mixed = (seed + pfn) * 0xBF58476D1CE4E5B9L;
    return switch ((int) (mixed >>> 60)) {
      case 0, 1, 2, 3 -> Content.ZERO;
      case 4, 5, 6 -> Content.TEXT;
      case 7, 8, 9 -> Content.POINTERS;
      case 10, 11 -> Content.TABLE;
      default -> Content.NOISE;
    };
  }

  private static void text(ByteBuffer out, SplittableRandom random) {
    int at = random.nextInt(TEXT.length);
    while (out.hasRemaining()) {
      out.put(TEXT[at]);
      at = (at + 1) % TEXT.length;
    }
  }

  private static void pointers(ByteBuffer out, SplittableRandom random) {
    long base = 0xFFFF800000000000L | (random.nextLong() & 0x7FFFFFFF0000L);
    while (out.hasRemaining()) {
      out.putLong(random.nextInt(3) == 0 ? random.nextInt(0x1000) : base + random.nextInt() * 16L);
    }
  }

  private static void noise(ByteBuffer out, SplittableRandom random) {
    while (out.hasRemaining()) {
      out.putLong(random.nextLong());
    }
  }
}
