package io.memlake.engine.objects.prefetch;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.compression.lznt1.Lznt1Decompressor;
import io.memlake.engine.compression.xpress.XpressDecompressor;
import io.memlake.engine.compression.xpresshuffman.XpressHuffmanDecompressor;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.util.Arrays;

/**
 * The wrapper around prefetch files since Windows 10.
 *
 * <pre>
 * "MAM" kind:1 size:4 [CRC-32:4] stream     kind: low half the algorithm, bit 7: a CRC-32 follows
 * </pre>
 */
final class CompressedPrefetch {
  private static final int SIGNATURE = 0x004D414D;
  private static final int SIGNATURE_MASK = 0x00FF_FFFF;
  private static final int HEADER = 8;
  private static final int CHECKSUM_FLAG = 0x80;
  private static final int ALGORITHM_MASK = 0x0F;

  private CompressedPrefetch() {}

  static boolean isCompressed(byte[] bytes) {
    return bytes.length >= HEADER && (LittleEndian.i32(bytes, 0) & SIGNATURE_MASK) == SIGNATURE;
  }

  /** The plain file; what follows the stream is ignored. */
  static byte[] decompress(String what, byte[] bytes) throws MalformedObjectException {
    int kind = LittleEndian.u8(bytes, 3);
    long size = LittleEndian.u32(bytes, 4);
    if (size == 0 || size > Prefetch.MAX_SIZE) {
      throw new MalformedObjectException(what, 4, "the plain size is " + size);
    }
    int from = HEADER + ((kind & CHECKSUM_FLAG) != 0 ? Integer.BYTES : 0);
    byte[] plain = new byte[(int) size];
    try {
      int room = Math.max(0, bytes.length - from);
      int start = Math.min(from, bytes.length);
      int count =
          decompressor(what, kind & ALGORITHM_MASK)
              .decompress(bytes, start, room, plain, 0, plain.length);
      return Arrays.copyOf(plain, count);
    } catch (MalformedDataException e) {
      throw new MalformedObjectException(
          what, from + (long) e.offset(), "the stream ends: " + e.getMessage());
    }
  }

  private static Decompressor decompressor(String what, int algorithm)
      throws MalformedObjectException {
    return switch (algorithm) {
      case 2 -> new Lznt1Decompressor();
      case 3 -> new XpressDecompressor();
      case 4 -> new XpressHuffmanDecompressor();
      default ->
          throw new MalformedObjectException(
              what, 3, "the algorithm is " + algorithm + ", known are 2, 3 and 4");
    };
  }
}
