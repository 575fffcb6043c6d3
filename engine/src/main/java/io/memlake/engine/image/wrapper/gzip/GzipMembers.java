package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;

/**
 * The members of a gzip file as one stream.
 *
 * <pre>
 * file    = { member }                     parallel writers make many
 * member  = 1F 8B, u8 8, u8 flags, u32 time, u8, u8 system, fields by flags, deflate, trailer
 * trailer = u32 CRC-32, u32 length modulo 2^32
 * </pre>
 */
final class GzipMembers {
  static final String MARK = "\u001F\u008B\b";

  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  /** Names and comments; tools write a path at most. */
  private static final int MAX_TEXT = 1 << 16;

  private final ByteSource file;
  private final BitReader bits;
  private final DeflateStream deflate;

  GzipMembers(ByteSource file) {
    this.file = file;
    this.bits = new BitReader(file);
    this.deflate = new DeflateStream(bits);
  }

  DeflateStream deflate() {
    return deflate;
  }

  /** Goes behind the header of the member at {@code position}. */
  void begin(long position) throws IOException {
    byte[] header = ContainerBytes.read(file, position, HEADER, "the gzip header");
    int flags = LittleEndian.u8(header, 3);
    if (!ContainerBytes.holds(header, 0, MARK) || (flags & RESERVED) != 0) {
      throw new CorruptImageException(file.name(), position, "no gzip header that is known");
    }
    long at = position + HEADER;
    if ((flags & EXTRA) != 0) {
      at += 2 + LittleEndian.u16(ContainerBytes.read(file, at, 2, "the gzip header"), 0);
    }
    if ((flags & NAME) != 0) {
      at = afterText(at);
    }
    if ((flags & COMMENT) != 0) {
      at = afterText(at);
    }
    if ((flags & HEADER_CRC) != 0) {
      at += 2;
    }
    bits.seek(at << 3);
    deflate.begin();
  }

  private long afterText(long position) throws IOException {
    byte[] text = ContainerBytes.readUpTo(file, position, MAX_TEXT);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == 0) {
        return position + i + 1;
      }
    }
    throw new CorruptImageException(file.name(), position, "a name in the gzip header has no end");
  }

  /** Where the trailer of the member that ended begins. */
  long trailer() throws IOException {
    bits.align();
    return bits.position() >>> 3;
  }

  /** Where the next member would begin. */
  long afterTrailer() throws IOException {
    return trailer() + TRAILER;
  }

  /** Whether another member begins there; what is not one is no part of the stream. */
  boolean memberAt(long position) throws IOException {
    return ContainerBytes.holds(ContainerBytes.readUpTo(file, position, 3), 0, MARK);
  }
}
