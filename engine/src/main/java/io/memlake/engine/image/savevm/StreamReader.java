package io.memlake.engine.image.savevm;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Numbers and names of the stream, most significant byte first, read through a window. */
final class StreamReader {
  private static final int WINDOW = 256 << 10;

  private final ByteSource file;
  private final byte[] window = new byte[WINDOW];
  private long windowStart;
  private int windowLength;
  private long position;

  StreamReader(ByteSource file, long position) {
    this.file = file;
    this.position = position;
  }

  long position() {
    return position;
  }

  void skip(long length) {
    position += length;
  }

  boolean ended() {
    return position >= file.size();
  }

  int u8() throws IOException {
    if (position < windowStart || position >= windowStart + windowLength) {
      windowStart = position;
      windowLength = file.read(position, window, 0, WINDOW);
      if (windowLength <= 0) {
        windowLength = 0;
        throw new CorruptImageException(file.name(), position, "the file ends inside the stream");
      }
    }
    return window[(int) (position++ - windowStart)] & 0xFF;
  }

  long u32() throws IOException {
    return (long) u8() << 24 | u8() << 16 | u8() << 8 | u8();
  }

  long u64() throws IOException {
    return u32() << 32 | u32();
  }

  /** A name of {@code length} bytes. */
  String name(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) u8();
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  CorruptImageException corrupt(String reason) {
    return new CorruptImageException(file.name(), position, reason);
  }
}
