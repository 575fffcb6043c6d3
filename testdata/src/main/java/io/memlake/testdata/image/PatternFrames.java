package io.memlake.testdata.image;

import java.util.List;
import java.util.Random;

/**
 * Frames whose bytes follow from their number and a seed: no two are alike, except that every
 * seventh is all zero, every eleventh repeats one short text, as real RAM does.
 *
 * @param seed what the bytes depend on
 * @param runs where RAM is
 */
public record PatternFrames(long seed, List<FrameRun> runs) implements FrameSource {

  /** Runs given as first frame, count, first frame, count. */
  public static PatternFrames of(long seed, long... firstAndCount) {
    FrameRun[] runs = new FrameRun[firstAndCount.length / 2];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = new FrameRun(firstAndCount[2 * i], firstAndCount[2 * i + 1]);
    }
    return new PatternFrames(seed, List.of(runs));
  }

  @Override
  public byte[] frame(long pfn) {
    byte[] frame = new byte[FRAME];
    if (pfn % 7 == 3) {
      return frame;
    }
    if (pfn % 11 == 5) {
      for (int i = 0; i < FRAME; i++) {
        frame[i] = (byte) "memory ".charAt(i % 7);
      }
    } else {
      new Random(seed * 31 + pfn).nextBytes(frame);
    }
    for (int i = 0; i < 8; i++) {
      frame[i] = (byte) (pfn >>> (8 * i));
    }
    return frame;
  }
}
