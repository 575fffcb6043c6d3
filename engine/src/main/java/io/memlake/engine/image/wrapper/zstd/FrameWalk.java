package io.memlake.engine.image.wrapper.zstd;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the frames of a file by the headers of their blocks, without decoding them.
 *
 * <pre>
 * file  = { frame | skippable }
 * frame = header, { u24 (bit 0 last, 1-2 kind, 3- size), body }, [u32 checksum]
 * </pre>
 */
final class FrameWalk {
  private static final int SKIPPABLE = 0x184D_2A50;
  private static final int RLE_BLOCK = 1;
  private static final int RESERVED_BLOCK = 3;

  /** A frame is decoded into one array. */
  static final int MAX_FRAME = ChunkedBytes.Builder.MAX_CHUNK;

  private static final long TOO_LARGE = -1;

  private final ByteSource file;
  private final ChunkedBytes.Builder chunks;

  FrameWalk(ByteSource file, ChunkedBytes.Builder chunks) {
    this.file = file;
    this.chunks = chunks;
  }

  /**
   * Adds all frames.
   *
   * @return false when a frame is too large for one array or broken; what was added is then of no
   *     use, and the frames must be gone through block by block
   */
  boolean addFrames() throws IOException {
    long at = 0;
    try {
      while (at < file.size() && at != TOO_LARGE) {
        at = addFrame(at);
      }
      return at != TOO_LARGE;
    } catch (CorruptImageException e) {
      return false;
    }
  }

  private long addFrame(long at) throws IOException {
    long skipped = skip(at);
    if (skipped > at) {
      return skipped;
    }
    FrameHeader header = header(at);
    long end = end(at, header);
    if (end == TOO_LARGE) {
      return TOO_LARGE;
    }
    long size = header.contentSize() != -1 ? header.contentSize() : measured(at, end);
    if (Long.compareUnsigned(size, MAX_FRAME) > 0) {
      return TOO_LARGE;
    }
    if (size > 0) {
      chunks.add(0, at, end - at, Codec.ZSTD, size);
    }
    return end;
  }

  /** The byte after a skippable frame, or {@code at} when there is none. */
  long skip(long at) throws IOException {
    byte[] head = ContainerBytes.readUpTo(file, at, 8);
    boolean skippable = head.length == 8 && (LittleEndian.i32(head, 0) & ~0xF) == SKIPPABLE;
    return skippable ? at + 8 + LittleEndian.u32(head, 4) : at;
  }

  /** The header of the frame at {@code at}. */
  FrameHeader header(long at) throws IOException {
    Optional<FrameHeader> read =
        FrameHeader.read(ContainerBytes.readUpTo(file, at, FrameHeader.MAX_LENGTH));
    if (read.isEmpty()) {
      throw new CorruptImageException(file.name(), at, "there is no whole zstd frame header");
    }
    if (read.get().needsDictionary()) {
      throw new UnsupportedImageException(
          file.name(), "a zstd file that needs a dictionary", "zstd files without one");
    }
    return read.get();
  }

  private long end(long frame, FrameHeader header) throws IOException {
    long at = frame + header.length();
    boolean last = false;
    while (!last) {
      byte[] block = ContainerBytes.read(file, at, 3, "a zstd frame");
      int field = LittleEndian.u16(block, 0) | LittleEndian.u8(block, 2) << 16;
      int kind = field >>> 1 & 3;
      if (kind == RESERVED_BLOCK) {
        throw new CorruptImageException(file.name(), at, "a zstd block of impossible kind");
      }
      last = (field & 1) != 0;
      at += 3 + (kind == RLE_BLOCK ? 1 : field >>> 3);
      if (!last && at - frame > MAX_FRAME) {
        // The rest need not be walked to know that the frame cannot be used.
        return TOO_LARGE;
      }
    }
    at += header.hasChecksum() ? 4 : 0;
    if (at - frame > MAX_FRAME) {
      return TOO_LARGE;
    }
    if (at > file.size()) {
      throw new CorruptImageException(
          file.name(), frame, "the file ends inside the zstd frame at " + Hex.address(frame));
    }
    return at;
  }

  /** Decodes a frame that does not tell its size. */
  private long measured(long frame, long end) throws IOException {
    byte[] stored = ContainerBytes.read(file, frame, (int) (end - frame), "a zstd frame");
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(stored))) {
      int count;
      while (size <= MAX_FRAME && (count = in.read(buffer)) > 0) {
        size += count;
      }
    } catch (ZstdIOException e) {
      throw new CorruptImageException(
          file.name(), frame, "a zstd frame cannot be decoded: " + e.getMessage());
    }
    return size;
  }
}
