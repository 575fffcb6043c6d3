package io.memlake.engine.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file, opened for reading only. */
public final class FileByteSource implements ByteSource {
  private final String name;
  private final FileChannel channel;
  private final long size;

  private FileByteSource(String name, FileChannel channel, long size) {
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens {@code file}.
   *
   * @throws IOException when it does not exist, is a directory or may not be read
   */
  public static FileByteSource open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("Cannot read " + file + ": it is a directory");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new FileByteSource(file.toString(), channel, channel.size());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
    long at = position;
    while (buffer.hasRemaining()) {
      int count;
      try {
        count = channel.read(buffer, at);
      } catch (IOException e) {
        throw new IOException(
            "Cannot read " + name + " at " + Hex.address(at) + ": " + e.getMessage(), e);
      }
      if (count < 0) {
        break;
      }
      at += count;
    }
    return (int) (at - position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
