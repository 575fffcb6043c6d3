package io.memlake.testdata.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** LiME version 1 images. */
public final class LimeWriter {
  private LimeWriter() {}

  /** Writes each run behind its header. */
  public static void write(FrameSource frames, Path file) throws IOException {
    try (SparseFileOutput out = SparseFileOutput.open(file)) {
      for (FrameRun run : frames.runs()) {
        out.write(
            header(
                "EMiL", 1, run.firstPfn() * FrameSource.FRAME, run.endPfn() * FrameSource.FRAME));
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          out.writeFrame(frames, pfn);
        }
      }
    }
  }

  /** Mark, version, first address, last address, eight zero bytes. */
  static byte[] header(String mark, int version, long start, long end) {
    return ByteBuffer.allocate(32)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(mark.getBytes(StandardCharsets.US_ASCII))
        .putInt(version)
        .putLong(start)
        .putLong(end - 1)
        .array();
  }
}
