package io.memlake.testdata.image;

import java.util.List;

/** Physical memory to write into a container. */
public interface FrameSource {
  /** Bytes of a frame. */
  int FRAME = 4096;

  /** Runs of RAM in rising order. */
  List<FrameRun> runs();

  /** The 4096 bytes of a frame that is inside a run. Callers do not change them. */
  byte[] frame(long pfn);

  /** Whether a frame inside a run is all zero; writers leave a hole in the file for it. */
  default boolean isZero(long pfn) {
    for (byte value : frame(pfn)) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many frames there are. */
  default long frameCount() {
    return runs().stream().mapToLong(FrameRun::count).sum();
  }
}
