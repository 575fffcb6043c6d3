package io.memlake.engine.image.wrapper.zstd;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Optional;

/**
 * The head of a zstd frame.
 *
 * <pre>
 * header     = u32 FD2FB528, u8 descriptor, [u8 window], [dictionary id], [content size]
 * descriptor = bits 0-1 size of the dictionary id, 2 checksum, 5 single segment, 6-7 size of the
 *              content size
 * </pre>
 *
 * @param length of the header
 * @param contentSize what the frame decodes to; -1 when it does not say
 * @param hasChecksum whether four bytes follow the last block
 * @param needsDictionary whether it cannot be decoded by itself
 * @param windowByte byte of a header that describes a window of at least this frame's size
 * @param window how far back its blocks may copy
 */
record FrameHeader(
    int length,
    long contentSize,
    boolean hasChecksum,
    boolean needsDictionary,
    int windowByte,
    long window) {
  static final int MARK = 0xFD2F_B528;

  /** Length of a header that tells nothing but its window. */
  static final int PLAIN_LENGTH = 6;

  /** Longest header. */
  static final int MAX_LENGTH = 18;

  private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
  private static final int[] CONTENT_BYTES = {0, 2, 4, 8};

  /** The header at the start of {@code bytes}; empty when there is none or it is cut. */
  static Optional<FrameHeader> read(byte[] bytes) {
    if (bytes.length < 6 || LittleEndian.i32(bytes, 0) != MARK) {
      return Optional.empty();
    }
    int descriptor = LittleEndian.u8(bytes, 4);
    boolean single = (descriptor & 0x20) != 0;
    int dictionary = DICTIONARY_BYTES[descriptor & 3];
    int content = CONTENT_BYTES[descriptor >>> 6];
    if (content == 0 && single) {
      content = 1;
    }
    int at = 5 + (single ? 0 : 1);
    int length = at + dictionary + content;
    if (bytes.length < length) {
      return Optional.empty();
    }
    long id = number(bytes, at, dictionary);
    long size = content == 0 ? -1 : number(bytes, at + dictionary, content);
    if (content == 2) {
      size += 256;
    }
    // A single segment is its own window; one of 128 KiB, the least that large blocks need, or
    // more.
    int windowByte = single ? exponent(size) : LittleEndian.u8(bytes, 5);
    long window = single ? Math.max(size, 1) : windowSize(windowByte);
    boolean checksum = (descriptor & 4) != 0;
    return Optional.of(new FrameHeader(length, size, checksum, id != 0, windowByte, window));
  }

  /** A whole header of a frame that tells nothing but its window. */
  static byte[] plain(int windowByte) {
    byte[] header = new byte[PLAIN_LENGTH];
    LittleEndian.putI32(header, 0, MARK);
    header[PLAIN_LENGTH - 1] = (byte) windowByte;
    return header;
  }

  private static long windowSize(int descriptor) {
    long base = 1L << (10 + (descriptor >>> 3));
    return base + base / 8 * (descriptor & 7);
  }

  private static int exponent(long size) {
    int log = 17;
    while (log < 41 && size >>> log != 0) {
      log++;
    }
    return (log - 10) << 3;
  }

  private static long number(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[offset + i] & 0xFFL) << (8 * i);
    }
    return value;
  }
}
