package io.memlake.testdata.damage;

import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Frames of which some have come to harm. The original stays as it is; each fault adds to those
 * before it.
 */
public final class DamagedFrames implements FrameSource {

  private final FrameSource original;
  private final Map<Long, byte[]> changed = new HashMap<>();

  private DamagedFrames(FrameSource original) {
    this.original = original;
  }

  /** The frames without any harm yet. */
  public static DamagedFrames of(FrameSource original) {
    return new DamagedFrames(original);
  }

  /** Makes particular frames all zero, as an acquirer does with those it cannot read. */
  public DamagedFrames zero(long... pfns) {
    for (long pfn : pfns) {
      changed.put(pfn, new byte[FRAME]);
    }
    return this;
  }

  /** Makes a share of the frames that hold anything all zero, chosen by seed. */
  public DamagedFrames zeroShare(double share, long seed) {
    choose(share, seed).forEach(this::zero);
    return this;
  }

  /** Inverts single bits in frames that hold something, chosen by seed. */
  public DamagedFrames flipBits(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Long> frames = written();
    for (int i = 0; i < count; i++) {
      long pfn = frames.get(random.nextInt(frames.size()));
      writable(pfn)[random.nextInt(FRAME)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return this;
  }

  /** Overwrites bytes at a physical address; they may cross into the next frame. */
  public DamagedFrames overwrite(long physicalAddress, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      long at = physicalAddress + i;
      writable(at / FRAME)[(int) (at % FRAME)] = bytes[i];
    }
    return this;
  }

  /** Overwrites 8 bytes, little-endian, such as a link of a list. */
  public DamagedFrames overwrite(long physicalAddress, long value) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> (Byte.SIZE * i));
    }
    return overwrite(physicalAddress, bytes);
  }

  /**
   * Smear: acquisition takes minutes while the system runs, so some frames show an earlier or later
   * state than others.
   *
   * @param otherState the same machine at another time: equal runs
   * @param share share of frames that come from it
   */
  public DamagedFrames smear(FrameSource otherState, double share, long seed) {
    if (!otherState.runs().equals(original.runs())) {
      throw new IllegalArgumentException("Smear mixes states of one machine; runs of RAM differ");
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (FrameRun run : original.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        if (random.nextDouble() < share) {
          changed.put(pfn, otherState.frame(pfn).clone());
        }
      }
    }
    return this;
  }

  private List<Long> choose(double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return written().stream().filter(pfn -> random.nextDouble() < share).toList();
  }

  private List<Long> written() {
    List<Long> frames = new ArrayList<>();
    for (FrameRun run : original.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        if (!original.isZero(pfn)) {
          frames.add(pfn);
        }
      }
    }
    return frames;
  }

  private byte[] writable(long pfn) {
    return changed.computeIfAbsent(pfn, number -> original.frame(number).clone());
  }

  /** How many frames differ from the original. */
  public int changedFrames() {
    return changed.size();
  }

  @Override
  public List<FrameRun> runs() {
    return original.runs();
  }

  @Override
  public byte[] frame(long pfn) {
    byte[] bytes = changed.get(pfn);
    return bytes == null ? original.frame(pfn) : bytes;
  }

  @Override
  public boolean isZero(long pfn) {
    return changed.containsKey(pfn) ? FrameSource.super.isZero(pfn) : original.isZero(pfn);
  }
}
