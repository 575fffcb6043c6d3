package io.memlake.testdata.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The frames of the machine: hands them out in a seeded scattered order, as a system that ran for a
 * while would, and holds the bytes of those that were written.
 */
public final class Frames {

  /** Frames below 16 MiB go only to those who ask for a place: boot structures live there. */
  private static final long FIRST_SCATTERED_PFN = 0x1000;

  private static final byte[] ZERO = new byte[RamMap.FRAME_SIZE];
  private static final int TRIES = 64;

  private final RamMap ram;
  private final SplittableRandom random;
  private final Set<Long> taken = new HashSet<>();
  private final Map<Long, byte[]> contents = new HashMap<>();

  /** All frames of {@code ram}, free. */
  public Frames(RamMap ram, SplittableRandom random) {
    this.ram = ram;
    this.random = random;
  }

  /** Where RAM lies. */
  public RamMap ram() {
    return ram;
  }

  /** A free frame anywhere above 16 MiB. */
  public long take() {
    long count = ram.frameCount();
    for (int i = 0; i < TRIES; i++) {
      long pfn = ram.pfnAt(random.nextLong(count));
      if (pfn >= FIRST_SCATTERED_PFN && taken.add(pfn)) {
        return pfn;
      }
    }
    for (long index = 0; index < count; index++) {
      long pfn = ram.pfnAt(index);
      if (pfn >= FIRST_SCATTERED_PFN && taken.add(pfn)) {
        return pfn;
      }
    }
    throw new IllegalStateException(
        "RAM of " + count + " frames is too small for this machine; ask for more");
  }

  /**
   * Adjacent free frames.
   *
   * @param count how many
   * @param alignment the first frame's number is a multiple of this plus {@code remainder}
   * @param remainder see {@code alignment}
   * @return the first frame
   */
  public long takeRun(int count, int alignment, long remainder) {
    long frames = ram.frameCount();
    for (int i = 0; i < TRIES * TRIES; i++) {
      long pfn = ram.pfnAt(random.nextLong(frames));
      long first = pfn - Math.floorMod(pfn - remainder, (long) alignment);
      if (first >= FIRST_SCATTERED_PFN && isFree(first, count)) {
        for (long taking = first; taking < first + count; taking++) {
          taken.add(taking);
        }
        return first;
      }
    }
    throw new IllegalStateException("RAM has no " + count + " adjacent free frames; ask for more");
  }

  private boolean isFree(long first, int count) {
    for (long pfn = first; pfn < first + count; pfn++) {
      if (!ram.contains(pfn) || taken.contains(pfn)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes one particular frame.
   *
   * @throws IllegalStateException when it is not RAM or not free
   */
  public long takeAt(long pfn) {
    if (!ram.contains(pfn) || !taken.add(pfn)) {
      throw new IllegalStateException("Frame 0x" + Long.toHexString(pfn) + " is not free RAM");
    }
    return pfn;
  }

  /** The bytes of a frame, for reading and writing; a frame is zero until it is written. */
  public byte[] content(long pfn) {
    return contents.computeIfAbsent(pfn, frame -> new byte[RamMap.FRAME_SIZE]);
  }

  /** The bytes of a frame, for reading only. */
  public byte[] read(long pfn) {
    return contents.getOrDefault(pfn, ZERO);
  }

  /** Whether a frame belongs to something. */
  public boolean isTaken(long pfn) {
    return taken.contains(pfn);
  }

  /** Whether a frame was ever written. */
  public boolean isWritten(long pfn) {
    return contents.containsKey(pfn);
  }
}
