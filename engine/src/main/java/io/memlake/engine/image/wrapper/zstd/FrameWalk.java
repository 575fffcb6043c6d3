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
import java.util.List;
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

  private final ByteSource file;
  private final ChunkedBytes.Builder chunks;
  private final List<String> warnings;

  FrameWalk(ByteSource file, ChunkedBytes.Builder chunks, List<String> warnings) {
    this.file = file;
    this.chunks = chunks;
    this.warnings = warnings;
  }

  /** Adds all frames; what follows a broken one is not read, unless it is the first. */
  void addFrames() throws IOException {
    long at = 0;
    try {
      while (at < file.size()) {
        at = addFrame(at);
      }
    } catch (CorruptImageException e) {
      if (chunks.size() == 0) {
        throw e;
      }
      warnings.add(e.getMessage() + "; what follows is not read");
    }
  }

  private long addFrame(long at) throws IOException {
    byte[] head = ContainerBytes.readUpTo(file, at, FrameHeader.MAX_LENGTH);
    if (head.length >= 8 && (LittleEndian.i32(head, 0) & ~0xF) == SKIPPABLE) {
      return at + 8 + LittleEndian.u32(head, 4);
    }
    Optional<FrameHeader> read = FrameHeader.read(head);
    if (read.isEmpty()) {
      throw new CorruptImageException(file.name(), at, "there is no whole zstd frame header");
    }
    FrameHeader header = read.get();
    if (header.needsDictionary()) {
      throw new UnsupportedImageException(
          file.name(), "a zstd file that needs a dictionary", "zstd files without one");
    }
    long end = end(at, header);
    if (end - at > MAX_FRAME) {
      throw tooLarge(header.contentSize());
    }
    long size = header.contentSize() >= 0 ? header.contentSize() : measured(at, end);
    if (Long.compareUnsigned(size, MAX_FRAME) > 0) {
      throw tooLarge(size);
    }
    if (size > 0) {
      chunks.add(0, at, end - at, Codec.ZSTD, size);
    }
    return end;
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
        throw tooLarge(header.contentSize());
      }
    }
    at += header.hasChecksum() ? 4 : 0;
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

  private UnsupportedImageException tooLarge(long size) {
    String content =
        size == -1 ? "of unknown size" : "of " + Long.toUnsignedString(size) + " bytes";
    return new UnsupportedImageException(
        file.name(),
        "a zstd file with one frame " + content + ", which can only be read from its start",
        "zstd files with frames of at most "
            + (MAX_FRAME >> 20)
            + " MiB (written by pzstd or in the seekable format), or the file unpacked (zstd -d)");
  }
}
