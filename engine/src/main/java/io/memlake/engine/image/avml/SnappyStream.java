package io.memlake.engine.image.avml;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import java.io.IOException;

/**
 * Walks the frames of a snappy stream, reading their headers only.
 *
 * <pre>
 * stream = { u8 type, u24 length, body }
 * type   = 0 compressed (u32 CRC, snappy block) | 1 stored (u32 CRC, bytes)
 *        | FF stream identifier "sNaPpY" | 80..FD skippable | FE padding
 * </pre>
 */
final class SnappyStream {

  /** A frame decodes to no more than this. */
  static final int MAX_FRAME = 1 << 16;

  private static final int COMPRESSED = 0x00;
  private static final int STORED = 0x01;
  private static final int IDENTIFIER = 0xFF;
  private static final int FIRST_SKIPPABLE = 0x80;

  private final ByteSource file;
  private final ChunkedBytes.Builder chunks;
  private final byte[] header = new byte[16];

  SnappyStream(ByteSource file, ChunkedBytes.Builder chunks) {
    this.file = file;
    this.chunks = chunks;
  }

  /**
   * Adds the frames from {@code at} until they hold {@code length} bytes.
   *
   * @return where the stream ends; -1 when the file ends first, the frames so far being added
   * @throws CorruptImageException when a frame is impossible
   */
  long addFrames(long at, long length) throws IOException {
    long position = at;
    long held = 0;
    while (held < length) {
      int count = file.read(position, header, 0, header.length);
      if (count < 4) {
        return -1;
      }
      int type = header[0] & 0xFF;
      int body = LittleEndian.i32(header, 0) >>> 8;
      if (position + 4 + body > file.size()) {
        return -1;
      }
      if (type == COMPRESSED || type == STORED) {
        int decoded = decodedLength(type, body, position, count);
        if (decoded > length - held) {
          throw new CorruptImageException(
              file.name(), position, "a snappy frame holds more than is left of its range");
        }
        if (decoded > 0) {
          chunks.add(
              0,
              position + 4,
              body,
              type == STORED ? Codec.STORED_CHECKED : Codec.SNAPPY_CHECKED,
              decoded);
        }
        held += decoded;
      } else if (type == IDENTIFIER) {
        if (body != 6 || !ContainerBytes.holds(header, 4, "sNaPpY")) {
          throw new CorruptImageException(file.name(), position, "no snappy stream identifier");
        }
      } else if (type < FIRST_SKIPPABLE) {
        throw new CorruptImageException(
            file.name(), position, "a snappy frame of unknown type " + type);
      }
      position += 4 + body;
    }
    return position;
  }

  private int decodedLength(int type, int body, long position, int count)
      throws CorruptImageException {
    int decoded = type == STORED ? body - 4 : varint(Math.min(count, 4 + body));
    if (body < 4 || decoded < 0 || decoded > MAX_FRAME) {
      throw new CorruptImageException(file.name(), position, "a snappy frame of impossible length");
    }
    return decoded;
  }

  /** The decoded length that starts a snappy block, or -1. */
  private int varint(int end) {
    int value = 0;
    for (int i = 8, shift = 0; i < end && shift < 28; i++, shift += 7) {
      value |= (header[i] & 0x7F) << shift;
      if (header[i] >= 0) {
        return value;
      }
    }
    return -1;
  }
}
