package io.memlake.engine.compression;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Inputs that reach every kind of token. */
public final class Samples {
  private static final String[] WORDS = {
    "the", "pool", "tag", "of", "a", "process", "object", "header", "is", "kept", "in", "page",
    "\0\0"
  };

  private Samples() {}

  static Stream<Sample> all() {
    Stream<Sample> lengths =
        IntStream.of(0, 1, 2, 3, 4, 31, 32, 33, 300, 4096, 5000, 65535, 65536, 65537, 200_000)
            .mapToObj(length -> new Sample(length + " bytes of text", text(length)));
    Stream<Sample> repeats =
        IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17)
            .mapToObj(period -> new Sample("repeats after " + period, repeat(period, 4096)));
    Stream<Sample> pages =
        IntStream.range(0, 12).mapToObj(seed -> new Sample("page " + seed, page(seed)));
    Stream<Sample> extremes =
        Stream.of(
            new Sample("zero page", new byte[4096]),
            new Sample("random page", random(4096)),
            new Sample("random 70 000 bytes", random(70_000)),
            new Sample("200 000 zeros", new byte[200_000]),
            new Sample("long copies between random", longCopies()));
    return Stream.of(lengths, repeats, pages, extremes).flatMap(samples -> samples);
  }

  /** Words in random order. */
  static byte[] text(int length) {
    Random random = new Random(length);
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      for (byte b :
          WORDS[random.nextInt(WORDS.length)].getBytes(
              java.nio.charset.StandardCharsets.US_ASCII)) {
        if (at < length) {
          bytes[at++] = b;
        }
      }
    }
    return bytes;
  }

  /** Something like a page of kernel memory: pointers, small numbers, zeros, some text. */
  public static byte[] page(int seed) {
    Random random = new Random(seed);
    byte[] page = new byte[4096];
    int at = 0;
    while (at < page.length) {
      int kind = random.nextInt(4);
      int length = Math.min(page.length - at, 8 * (1 + random.nextInt(24)));
      for (int i = 0; i + 8 <= length; i += 8) {
        long word =
            switch (kind) {
              case 0 -> 0;
              case 1 -> 0xFFFF8000_00000000L | (random.nextInt(1 << 16) << 4);
              case 2 -> random.nextInt(256);
              default -> random.nextLong();
            };
        io.memlake.engine.bytes.LittleEndian.putI64(page, at + i, word);
      }
      at += length;
    }
    return page;
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] repeat(int period, int length) {
    byte[] pattern = random(period);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = pattern[i % period];
    }
    return bytes;
  }

  /** Copies of every length up to 330, each behind bytes that do not repeat. */
  private static byte[] longCopies() {
    Random random = new Random(9);
    byte[] bytes = new byte[120_000];
    int at = 400;
    random.nextBytes(bytes);
    for (int length = 3; length < 330 && at + length < bytes.length; length++) {
      byte[] copied = Arrays.copyOfRange(bytes, at - 350, at - 350 + length);
      System.arraycopy(copied, 0, bytes, at, length);
      at += length + 5;
    }
    return bytes;
  }
}
