package io.memlake.testdata.image;

import java.io.IOException;
import java.nio.file.Path;

/** RAW images. Frames that are all zero stay holes where the file system can. */
public final class RawWriter {
  private RawWriter() {}

  /** Offset in the file is the physical address. */
  public static void writePadded(FrameSource frames, Path file) throws IOException {
    try (SparseFileOutput out = SparseFileOutput.open(file)) {
      for (FrameRun run : frames.runs()) {
        out.skipTo(run.firstPfn() * FrameSource.FRAME);
        writeRun(frames, run, out);
      }
    }
  }

  /** The runs one after the other. */
  public static void writeUnpadded(FrameSource frames, Path file) throws IOException {
    try (SparseFileOutput out = SparseFileOutput.open(file)) {
      writeFrames(frames, out);
    }
  }

  static void writeFrames(FrameSource frames, SparseFileOutput out) throws IOException {
    for (FrameRun run : frames.runs()) {
      writeRun(frames, run, out);
    }
  }

  private static void writeRun(FrameSource frames, FrameRun run, SparseFileOutput out)
      throws IOException {
    for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
      out.writeFrame(frames, pfn);
    }
  }
}
