package io.memlake.testdata.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** RAW images. */
public final class RawWriter {
  private RawWriter() {}

  /** Offset in the file is the physical address; holes stay holes where the file system can. */
  public static void writePadded(FrameSource frames, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      for (FrameRun run : frames.runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          ByteBuffer frame = ByteBuffer.wrap(frames.frame(pfn));
          while (frame.hasRemaining()) {
            channel.write(frame, pfn * FrameSource.FRAME + frame.position());
          }
        }
      }
    }
  }

  /** The runs one after the other. */
  public static void writeUnpadded(FrameSource frames, Path file) throws IOException {
    try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
      writeFrames(frames, out);
    }
  }

  static void writeFrames(FrameSource frames, OutputStream out) throws IOException {
    for (FrameRun run : frames.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        out.write(frames.frame(pfn));
      }
    }
  }
}
