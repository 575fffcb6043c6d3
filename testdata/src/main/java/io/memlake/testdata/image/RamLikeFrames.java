package io.memlake.testdata.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Frames that compress about as RAM does: a quarter of them zeros, an eighth without any order, the
 * rest pointers into few places, small numbers, text and gaps. Deflate makes two fifths of them.
 *
 * @param seed what the bytes depend on
 * @param runs where RAM is
 */
public record RamLikeFrames(long seed, List<FrameRun> runs) implements FrameSource {
  private static final byte[] TEXT =
      "C:\\Windows\\System32\\drivers\\etc\\services NtCreateFile \\Device\\HarddiskVolume3 "
          .getBytes(StandardCharsets.UTF_16LE);
  private static final long[] PLACES = {
    0xFFFF_F803_4960_0000L, 0xFFFF_9A02_13C0_0000L, 0x7FFA_1C20_0000L, 0x1_9C4D_2000L
  };

  @Override
  public boolean isZero(long pfn) {
    return kind(pfn) < 2;
  }

  /** One of eight, the same for neighbours more often than not. */
  private int kind(long pfn) {
    return (int) (((seed * 31 + pfn / 3) * 0x9E37_79B9_7F4A_7C15L) >>> 61);
  }

  @Override
  public byte[] frame(long pfn) {
    byte[] frame = new byte[FRAME];
    if (isZero(pfn)) {
      return frame;
    }
    Random random = new Random(seed * 31 + pfn);
    if (kind(pfn) == 2) {
      random.nextBytes(frame);
      return frame;
    }
    ByteBuffer out = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    while (out.remaining() >= 64) {
      switch (random.nextInt(8)) {
        case 0, 1 -> out.putLong(random.nextInt(256)).putLong(0);
        case 2 -> out.position(out.position() + 32);
        case 3 -> {
          int from = random.nextInt(TEXT.length - 48) & -2;
          out.put(TEXT, from, 48);
        }
        case 4 -> out.putInt(random.nextInt()).putInt(random.nextInt(1 << 16));
        default -> out.putLong(PLACES[random.nextInt(4)] + (random.nextInt(1 << 17) & -16));
      }
    }
    return frame;
  }
}
