package io.memlake.testdata.memory;

import io.memlake.testdata.image.FrameRun;
import java.util.ArrayList;
import java.util.List;

/** Where RAM lies in the physical address space: ascending runs of frames that do not touch. */
public final class RamMap {

  /** Bytes of a frame. */
  public static final int FRAME_SIZE = 4096;

  private static final long FOUR_GIB_PFN = 1L << 20;
  private static final long VIDEO_HOLE_PFN = 0xA0;
  private static final long FIRST_MIB_PFN = 0x100;

  private final List<FrameRun> runs;

  /**
   * RAM in the given runs.
   *
   * @param runs ascending, not overlapping
   */
  public RamMap(List<FrameRun> runs) {
    long end = 0;
    for (FrameRun run : runs) {
      if (run.firstPfn() < end) {
        throw new IllegalArgumentException("Runs of RAM must ascend without overlap: " + runs);
      }
      end = run.endPfn();
    }
    this.runs = List.copyOf(runs);
  }

  /** RAM from address 0 without any hole. */
  public static RamMap contiguous(long bytes) {
    return new RamMap(List.of(new FrameRun(0, bytes / FRAME_SIZE)));
  }

  /**
   * RAM as a PC has it: frame 0 belongs to the firmware, there is none from 0xA0000 to 1 MiB, and
   * what does not fit below {@code lowEnd} continues at 4 GiB.
   *
   * @param bytes RAM size, counted without the holes of the first MiB
   * @param lowEnd physical address where device memory begins, for example 0xC0000000
   */
  public static RamMap pc(long bytes, long lowEnd) {
    long frames = bytes / FRAME_SIZE;
    long lowFrames = Math.min(frames, lowEnd / FRAME_SIZE);
    List<FrameRun> runs = new ArrayList<>();
    runs.add(new FrameRun(1, VIDEO_HOLE_PFN - 2));
    runs.add(new FrameRun(FIRST_MIB_PFN, lowFrames - FIRST_MIB_PFN));
    if (frames > lowFrames) {
      runs.add(new FrameRun(FOUR_GIB_PFN, frames - lowFrames));
    }
    return new RamMap(runs);
  }

  /** The runs, ascending. */
  public List<FrameRun> runs() {
    return runs;
  }

  /** How many frames are RAM. */
  public long frameCount() {
    return runs.stream().mapToLong(FrameRun::count).sum();
  }

  /** The physical address after the last byte of RAM. */
  public long endAddress() {
    return runs.get(runs.size() - 1).endPfn() * FRAME_SIZE;
  }

  /** Whether the frame is RAM. */
  public boolean contains(long pfn) {
    for (FrameRun run : runs) {
      if (pfn >= run.firstPfn() && pfn < run.endPfn()) {
        return true;
      }
    }
    return false;
  }

  /** The frame at a position when all frames of RAM are counted in order. */
  long pfnAt(long index) {
    long left = index;
    for (FrameRun run : runs) {
      if (left < run.count()) {
        return run.firstPfn() + left;
      }
      left -= run.count();
    }
    throw new IllegalArgumentException("RAM has no frame number " + index);
  }
}
