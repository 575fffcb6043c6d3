package io.memlake.engine.image.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file on this machine; skipped ranges stay holes where the file system has them. */
public final class LocalOutput implements ImageOutput {
  private final FileChannel channel;
  private long position;
  private boolean endsInHole;

  private LocalOutput(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates {@code file}.
   *
   * @throws IOException when it exists already or cannot be created: evidence is never overwritten
   */
  public static LocalOutput create(Path file) throws IOException {
    return new LocalOutput(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
    endsInHole = endsInHole && length == 0;
  }

  @Override
  public void skip(long length) {
    position += length;
    endsInHole = endsInHole || length > 0;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (endsInHole) {
        ByteBuffer zero = ByteBuffer.allocate(1);
        while (zero.hasRemaining()) {
          channel.write(zero, position - 1);
        }
      }
    }
  }
}
