package io.memlake.engine.image.wrapper.zstd;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.ByteSourceInputStream;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.wrapper.restart.RestartPoints;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;

/**
 * Decodes frames once from their start to their end and notes restart points. The library decodes;
 * the blocks are read beside it to see what they copy and which tables they take over. What follows
 * a place that cannot be decoded is lost.
 */
final class FrameIndexer {
  private static final int RLE_BLOCK = 1;
  private static final int COMPRESSED_BLOCK = 2;
  private static final int BLOCK_HEAD = 3;
  private static final int READ_AHEAD = 1 << 16;

  /** 16 TiB, beyond any RAM; a file that claims more is a bomb. */
  private static final long MAX_CONTENT = 1L << 44;

  /** What {@code zstd --long} makes; its decoder refuses more, too, unless told otherwise. */
  static final long MAX_WINDOW = 128L << 20;

  private final ByteSource file;
  private final List<String> warnings;
  private final FrameWalk walk;
  private final RestartPoints<ZstdPoint> points = new RestartPoints<>();
  private final byte[] block = new byte[BlockReader.MAX_BLOCK];

  /** Decoded bytes so far. */
  private long decoded;

  FrameIndexer(ByteSource file, FrameWalk walk, List<String> warnings) {
    this.file = file;
    this.walk = walk;
    this.warnings = warnings;
  }

  /**
   * Goes through the file.
   *
   * @throws CorruptImageException when not even its beginning can be decoded
   */
  ZstdBytes index() throws IOException {
    long at = 0;
    try {
      while (at < file.size()) {
        long skipped = walk.skip(at);
        at = skipped > at ? skipped : frame(at);
      }
    } catch (CorruptImageException e) {
      if (decoded == 0) {
        throw e;
      }
      warnings.add(
          e.getMessage() + "; what follows " + Hex.address(decoded) + " of the content is lost");
    }
    return new ZstdBytes(file.name(), decoded, points);
  }

  private long frame(long start) throws IOException {
    FrameHeader header = walk.header(start);
    if (header.window() > MAX_WINDOW) {
      throw new UnsupportedImageException(
          file.name(),
          "a zstd file with a window of " + (header.window() >> 20) + " MiB",
          "zstd files with windows of at most "
              + (MAX_WINDOW >> 20)
              + " MiB, or the file unpacked (zstd -d --long=31)");
    }
    points.widen(header.window());
    ZstdPoint.Frame frame = new ZstdPoint.Frame(header.windowByte());
    FramePoints watched =
        new FramePoints(points, frame, header.window(), decoded, start + header.length());
    try (ZstdInputStreamNoFinalizer plain =
        new ZstdInputStreamNoFinalizer(withoutChecksum(start, header))) {
      return blocks(start, header, watched, plain);
    } catch (ZstdIOException e) {
      throw undecodable(start, e.getMessage());
    } finally {
      decoded = watched.end();
    }
  }

  private long blocks(
      long start, FrameHeader header, FramePoints watched, ZstdInputStreamNoFinalizer plain)
      throws IOException {
    long at = start + header.length();
    boolean last = false;
    while (!last) {
      byte[] head = ContainerBytes.read(file, at, BLOCK_HEAD, "a zstd frame");
      int field = LittleEndian.u16(head, 0) | LittleEndian.u8(head, 2) << 16;
      int kind = field >>> 1 & 3;
      int size = field >>> 3;
      int stored = kind == RLE_BLOCK ? 1 : size;
      if (kind > COMPRESSED_BLOCK || size > BlockReader.MAX_BLOCK) {
        throw new CorruptImageException(file.name(), at, "a zstd block of impossible kind or size");
      }
      if (points.full() || watched.position() > MAX_CONTENT) {
        throw new UnsupportedImageException(
            file.name(),
            "a zstd file too large for an index in RAM",
            "zstd files in frames (pzstd), or the file unpacked (zstd -d)");
      }
      int length = size;
      watched.begin(at);
      if (kind == COMPRESSED_BLOCK) {
        if (file.read(at + BLOCK_HEAD, block, 0, size) < size) {
          throw new CorruptImageException(file.name(), at, "the file ends inside a zstd block");
        }
        try {
          length = watched.read(block, size);
        } catch (BadBlockException e) {
          throw undecodable(at, e.getMessage());
        }
      }
      watched.append(plain, length, file.name(), at);
      last = (field & 1) != 0;
      at += BLOCK_HEAD + stored;
      watched.ended(at);
    }
    watched.finish();
    return checked(at, header, watched);
  }

  /**
   * The frame with a header that promises no checksum. The library would withhold the end of what
   * does not match; here that is a warning.
   */
  private InputStream withoutChecksum(long start, FrameHeader header) {
    InputStream blocks = new ByteSourceInputStream(file, start + header.length());
    return new SequenceInputStream(
        new ByteArrayInputStream(FrameHeader.plain(header.windowByte())),
        new BufferedInputStream(blocks, READ_AHEAD));
  }

  private long checked(long end, FrameHeader header, FramePoints watched) throws IOException {
    if (!header.hasChecksum()) {
      return end;
    }
    byte[] checksum = ContainerBytes.readUpTo(file, end, Integer.BYTES);
    if (checksum.length < Integer.BYTES) {
      warnings.add("The file ends inside the checksum of its zstd data");
    } else if (LittleEndian.i32(checksum, 0) != (int) watched.checksum()) {
      warnings.add("The zstd data before " + Hex.address(end) + " does not match its checksum");
    }
    return end + Integer.BYTES;
  }

  private CorruptImageException undecodable(long at, String reason) {
    return new CorruptImageException(file.name(), at, "a zstd block cannot be decoded: " + reason);
  }
}
