package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;

/**
 * Bits of a file, least significant first, as deflate has them. Behind the end of the file there
 * are zero bits; using one of them is an error that {@link #drop} reports.
 */
final class BitReader {
  private static final int BUFFER = 1 << 16;

  /** After {@link #fill} there are at least so many bits, or the file has ended. */
  static final int FILLED = 56;

  private final ByteSource source;
  private final byte[] buffer = new byte[BUFFER];
  private long bufferStart;
  private int at;
  private int end;
  private long bits;
  private int count;

  BitReader(ByteSource source) {
    this.source = source;
  }

  /** Continues at a bit of the file. */
  void seek(long bitPosition) throws IOException {
    long target = bitPosition >>> 3;
    if (target < bufferStart || target > bufferStart + end) {
      bufferStart = target;
      end = 0;
      at = 0;
    } else {
      at = (int) (target - bufferStart);
    }
    bits = 0;
    count = 0;
    fill();
    drop((int) (bitPosition & 7));
  }

  /** The next bit of the file. */
  long position() {
    return ((bufferStart + at) << 3) - count;
  }

  /** Makes at least {@link #FILLED} bits available, fewer at the end of the file. */
  void fill() throws IOException {
    if (count >= FILLED) {
      return;
    }
    if (end - at >= Long.BYTES) {
      bits |= LittleEndian.i64(buffer, at) << count;
      at += (Long.SIZE - 1 - count) >>> 3;
      count |= FILLED;
      return;
    }
    fillSlowly();
  }

  private void fillSlowly() throws IOException {
    if (at == end || end - at < Long.BYTES) {
      more();
    }
    // Bits above the count may be there already, from a word that was read before.
    bits &= count == 0 ? 0 : -1L >>> (Long.SIZE - count);
    while (count < FILLED && at < end) {
      bits |= (buffer[at++] & 0xFFL) << count;
      count += Byte.SIZE;
    }
  }

  private void more() throws IOException {
    int kept = end - at;
    System.arraycopy(buffer, at, buffer, 0, kept);
    bufferStart += at;
    at = 0;
    end = kept + source.read(bufferStart + kept, buffer, kept, BUFFER - kept);
  }

  /** The available bits, the next one lowest. */
  long peek() {
    return bits;
  }

  /** Goes past bits that were looked at. */
  void drop(int number) throws CorruptImageException {
    bits >>>= number;
    count -= number;
    if (count < 0) {
      throw new CorruptImageException(
          source.name(), source.size(), "the file ends inside compressed data");
    }
  }

  /** Takes up to 16 bits. */
  int take(int number) throws IOException {
    fill();
    int value = (int) bits & ((1 << number) - 1);
    drop(number);
    return value;
  }

  /** Goes to the next whole byte. */
  void align() throws CorruptImageException {
    drop(count & 7);
  }

  /**
   * Copies whole bytes; the position is on a whole byte.
   *
   * @throws CorruptImageException when the file ends before
   */
  void copy(byte[] target, int offset, int length) throws IOException {
    long from = position() >>> 3;
    int done = 0;
    while (done < length) {
      int part = source.read(from + done, target, offset + done, length - done);
      if (part <= 0) {
        throw new CorruptImageException(
            source.name(), source.size(), "the file ends inside compressed data");
      }
      done += part;
    }
    seek((from + length) << 3);
  }

  CorruptImageException corrupt(String reason) {
    return new CorruptImageException(source.name(), position() >>> 3, reason);
  }
}
