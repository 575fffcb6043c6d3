package io.memlake.engine.image.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.compression.lzo.LzoDecompressor;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.xerial.snappy.Snappy;

/** How one piece of a stream is stored. Decoding is bounded by the room in the target. */
public enum Codec {
  /** Nothing is stored. */
  MISSING {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      throw new UndecodableException("is not in the container");
    }
  },
  /** All zero, without stored bytes. */
  ZERO {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room) {
      Arrays.fill(target, at, at + room, (byte) 0);
      return room;
    }
  },
  /** As it is. */
  STORED {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room) {
      int count = Math.min(length, room);
      System.arraycopy(stored, offset, target, at, count);
      return count;
    }
  },
  /** As it is, followed by its Adler-32 (EWF). */
  STORED_ADLER {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      if (length < 4) {
        throw new UndecodableException("is shorter than its checksum");
      }
      Adler32 adler = new Adler32();
      adler.update(stored, offset, length - 4);
      if (adler.getValue() != LittleEndian.u32(stored, offset + length - 4)) {
        throw new UndecodableException("does not match its Adler-32");
      }
      return STORED.decode(stored, offset, length - 4, target, at, room);
    }
  },
  /** RFC 1950. */
  ZLIB {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      return Inflation.zlib(stored, offset, length, target, at, room);
    }
  },
  /**
   * RFC 1951, with or without the header of RFC 1950: AFF4 writers declare one, store the other.
   */
  DEFLATE {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      if (hasZlibHeader(stored, offset, length)) {
        try {
          return Inflation.zlib(stored, offset, length, target, at, room);
        } catch (UndecodableException e) {
          return Inflation.raw(stored, offset, length, target, at, room);
        }
      }
      return Inflation.raw(stored, offset, length, target, at, room);
    }
  },
  /** A snappy block without framing. */
  SNAPPY {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      try {
        // The native code trusts its target, so the length in the data is looked at first.
        int decoded = Snappy.uncompressedLength(stored, offset, length);
        if (decoded > room && decoded <= MAX_PADDED) {
          byte[] padded = new byte[decoded];
          return cut(padded, decode(stored, offset, length, padded, 0, decoded), target, at, room);
        }
        if (decoded < 0 || decoded > room) {
          throw new UndecodableException("decodes to " + decoded + " bytes, not " + room);
        }
        if (!Snappy.isValidCompressedBuffer(stored, offset, length)) {
          throw new UndecodableException("is not valid snappy data");
        }
        return Snappy.uncompress(stored, offset, length, target, at);
      } catch (UndecodableException e) {
        throw e;
      } catch (IOException e) {
        throw new UndecodableException("is not valid snappy data: " + e.getMessage());
      }
    }
  },
  /** A masked CRC-32C, then a snappy block (snappy framing). */
  SNAPPY_CHECKED {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      if (length < 4) {
        throw new UndecodableException("is shorter than its checksum");
      }
      int count = SNAPPY.decode(stored, offset + 4, length - 4, target, at, room);
      requireMaskedCrc(LittleEndian.i32(stored, offset), target, at, count);
      return count;
    }
  },
  /** A masked CRC-32C, then the bytes as they are (snappy framing). */
  STORED_CHECKED {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      if (length < 4) {
        throw new UndecodableException("is shorter than its checksum");
      }
      int count = STORED.decode(stored, offset + 4, length - 4, target, at, room);
      requireMaskedCrc(LittleEndian.i32(stored, offset), target, at, count);
      return count;
    }
  },
  /** A zstd frame. */
  ZSTD {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      try {
        return (int) Zstd.decompressByteArray(target, at, room, stored, offset, length);
      } catch (ZstdException e) {
        throw new UndecodableException("is not valid zstd data: " + e.getMessage());
      }
    }
  },
  /**
   * Plain LZ77 of a hibernation file. The method that its set names is read differently by
   * different tools, so the other codecs of Windows are tried where it does not give the exact
   * length.
   */
  XPRESS {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      return WindowsCodecs.decode(
          WindowsCodecs.PLAIN_FIRST, stored, offset, length, target, at, room);
    }
  },
  /** LZ77 with Huffman codes of a hibernation file; others are tried as with {@link #XPRESS}. */
  XPRESS_HUFFMAN {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      return WindowsCodecs.decode(
          WindowsCodecs.HUFFMAN_FIRST, stored, offset, length, target, at, room);
    }
  },
  /** Pages of a guest of Hyper-V. */
  HYPER_V {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      return HyperVBlocks.decode(stored, offset, length, target, at, room);
    }
  },
  /** LZO1X, as kdump-compressed dumps have it. */
  LZO {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      try {
        return LZO_DECODER.get().decompress(stored, offset, length, target, at, room);
      } catch (MalformedDataException e) {
        throw new UndecodableException("cannot be decoded: " + e.getMessage());
      }
    }
  },
  /** An LZ4 block without framing. */
  LZ4 {
    @Override
    public int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      try {
        return LZ4_DECODER.decompress(stored, offset, length, target, at, room);
      } catch (LZ4Exception e) {
        return padded(stored, offset, length, target, at, room);
      }
    }

    private int padded(byte[] stored, int offset, int length, byte[] target, int at, int room)
        throws UndecodableException {
      // A block grows to no more than 255 times its length.
      byte[] padded = new byte[(int) Math.min(MAX_PADDED, 255L * length + 64)];
      try {
        return cut(
            padded, LZ4_DECODER.decompress(stored, offset, length, padded, 0), target, at, room);
      } catch (LZ4Exception e) {
        throw new UndecodableException("is not valid LZ4 data");
      }
    }
  };

  /** Writers fill up the last piece of a stream; what is beyond its end is at most this. */
  private static final int MAX_PADDED = 8 << 20;

  private static final ThreadLocal<LzoDecompressor> LZO_DECODER =
      ThreadLocal.withInitial(LzoDecompressor::new);

  private static final LZ4SafeDecompressor LZ4_DECODER =
      LZ4Factory.fastestJavaInstance().safeDecompressor();

  /** A piece cannot be decoded; the message continues "the piece …". */
  public static final class UndecodableException extends IOException {
    private static final long serialVersionUID = 1L;

    UndecodableException(String reason) {
      super(reason);
    }
  }

  /**
   * Decodes a piece.
   *
   * @param at where in {@code target} its bytes begin
   * @param room how many bytes it may have
   * @return how many it has
   * @throws UndecodableException when the piece is none of this codec; the room in {@code target}
   *     is then undefined
   */
  public abstract int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
      throws UndecodableException;

  /** The part of a filled up piece that belongs to the stream. */
  private static int cut(byte[] padded, int length, byte[] target, int at, int room) {
    int count = Math.min(length, room);
    System.arraycopy(padded, 0, target, at, count);
    return count;
  }

  private static boolean hasZlibHeader(byte[] stored, int offset, int length) {
    return length >= 2
        && (stored[offset] & 0x0F) == 8
        && ((stored[offset] & 0xFF) * 256 + (stored[offset + 1] & 0xFF)) % 31 == 0;
  }

  private static void requireMaskedCrc(int stored, byte[] bytes, int at, int count)
      throws UndecodableException {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, count);
    int value = (int) crc.getValue();
    int masked = ((value >>> 15) | (value << 17)) + 0xA282_EAD8;
    if (masked != stored) {
      throw new UndecodableException("does not match its CRC-32C");
    }
  }
}
