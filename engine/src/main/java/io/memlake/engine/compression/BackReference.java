package io.memlake.engine.compression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Copies of earlier output, as all LZ77 decoders make them: the copy may reach into itself, which
 * repeats a pattern.
 */
public final class BackReference {
  /** Room behind a copy that lets it be made in whole words. */
  public static final int SLACK = 16;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The least multiple of each distance below 8 that is 8 or more. */
  private static final byte[] WIDE_DISTANCE = {0, 8, 8, 9, 8, 10, 12, 14};

  /** Of a word read at each distance below 8, the bytes that were decoded before. */
  private static final long[] PATTERN_MASK = {
    0,
    0xFFL,
    0xFFFFL,
    0xFF_FFFFL,
    0xFFFF_FFFFL,
    0xFF_FFFF_FFFFL,
    0xFFFF_FFFF_FFFFL,
    0xFF_FFFF_FFFF_FFFFL
  };

  /**
   * What repeats such a pattern over a word by multiplication. Byte by byte, each load would wait
   * for the store before it.
   */
  private static final long[] REPEATS = {
    0,
    0x0101_0101_0101_0101L,
    0x0001_0001_0001_0001L,
    0x0001_0000_0100_0001L,
    0x0000_0001_0000_0001L,
    0x0000_0100_0000_0001L,
    0x0001_0000_0000_0001L,
    0x0100_0000_0000_0001L
  };

  private BackReference() {}

  /**
   * Repeats the bytes {@code distance} before {@code to}, and writes nothing behind the copy.
   *
   * @param distance at least 1, and no more than what was decoded
   * @param length bytes to write; the caller has checked that they fit
   */
  public static void copy(byte[] output, int to, int distance, int length) {
    if (distance == 1) {
      Arrays.fill(output, to, to + length, output[to - 1]);
    } else if (distance >= length) {
      System.arraycopy(output, to - distance, output, to, length);
    } else {
      for (int i = 0; i < length; i++) {
        output[to + i] = output[to + i - distance];
      }
    }
  }

  /**
   * Like {@link #copy}, but may also write into the {@link #SLACK} bytes behind the copy, which the
   * caller has checked to be room for output.
   */
  public static void copyWithSlack(byte[] output, int to, int distance, int length) {
    int from = to - distance;
    if (distance >= Long.BYTES) {
      copyWord(output, from, output, to);
      copyWord(output, from + Long.BYTES, output, to + Long.BYTES);
      if (length > SLACK) {
        copyWords(output, from + SLACK, to + SLACK, to + length);
      }
    } else {
      long word = ((long) WORD.get(output, from) & PATTERN_MASK[distance]) * REPEATS[distance];
      WORD.set(output, to, word);
      if (length > Long.BYTES) {
        repeat(output, to, distance, word, to + length);
      }
    }
  }

  /** A word that holds whole patterns is written again and again, without reading it back. */
  private static void repeat(byte[] output, int to, int distance, long word, int end) {
    int at = to + Long.BYTES;
    if ((distance & (distance - 1)) == 0) {
      for (; at < end; at += Long.BYTES) {
        WORD.set(output, at, word);
      }
    } else {
      copyWords(output, at - WIDE_DISTANCE[distance], at, end);
    }
  }

  private static void copyWords(byte[] output, int from, int to, int end) {
    int source = from;
    for (int at = to; at < end; at += Long.BYTES) {
      copyWord(output, source, output, at);
      source += Long.BYTES;
    }
  }

  /** Copies 8 bytes. */
  public static void copyWord(byte[] source, int from, byte[] target, int to) {
    WORD.set(target, to, (long) WORD.get(source, from));
  }
}
