package io.memlake.testdata.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file from front to back and leaves holes where whole frames are zero, so that the image
 * of a large machine takes little room on disk.
 */
final class SparseFileOutput extends OutputStream {

  private static final int BUFFER = 64 * FrameSource.FRAME;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long position;

  private SparseFileOutput(FileChannel channel) {
    this.channel = channel;
  }

  /** Replaces a file; truncating a large one in place would make the file system write it first. */
  static SparseFileOutput open(Path file) throws IOException {
    Files.deleteIfExists(file);
    return new SparseFileOutput(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE));
  }

  /** Goes on at a later place; what is skipped reads as zero. */
  void skipTo(long target) throws IOException {
    flush();
    position = target;
  }

  /** Writes one frame, or a hole. */
  void writeFrame(FrameSource frames, long pfn) throws IOException {
    if (frames.isZero(pfn)) {
      skipTo(position() + FrameSource.FRAME);
    } else {
      write(frames.frame(pfn));
    }
  }

  long position() {
    return position + buffer.position();
  }

  @Override
  public void write(int value) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(buffer.remaining(), length - done);
      buffer.put(bytes, offset + done, part);
      done += part;
    }
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
      if (channel.size() < position) {
        channel.write(ByteBuffer.allocate(1), position - 1);
      }
    }
  }
}
