package io.memlake.engine.compression.lznt1;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.BackReference;
import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;

/**
 * Decodes LZNT1 (compression format 2).
 *
 * <pre>
 * stream = { header:u16  chunk }  0:u16        a chunk gives at most 4096 bytes
 * header   bits 0-11: bytes of the chunk - 1; bits 12-14: 3; bit 15: compressed
 * chunk  = { flags:u8  token * 8 }             flags from the low bit up: 0 literal, 1 copy
 * copy   = u16                                 distance - 1 above, length - 3 below
 * </pre>
 *
 * How many bits of a copy belong to the distance depends on how much of the chunk is decoded; no
 * copy leaves its chunk. The end of the input ends the stream like a header of zero.
 */
public final class Lznt1Decompressor implements Decompressor {
  private static final String NAME = "LZNT1";
  private static final int CHUNK = 4096;
  private static final int MIN_COPY = 3;
  private static final int SIZE_MASK = 0xFFF;
  private static final int SIGNATURE_MASK = 7 << 12;
  private static final int SIGNATURE = 3 << 12;
  private static final int COMPRESSED = 1 << 15;
  private static final int MOST_LENGTH_BITS = 12;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int decompress(
      byte[] input,
      int inputOffset,
      int inputLength,
      byte[] output,
      int outputOffset,
      int outputLength)
      throws MalformedDataException {
    Decompressor.checkRanges(input, inputOffset, inputLength, output, outputOffset, outputLength);
    int inputLimit = inputOffset + inputLength;
    int outputLimit = outputOffset + outputLength;
    int in = inputOffset;
    int out = outputOffset;
    while (out < outputLimit && inputLimit - in >= Short.BYTES) {
      int header = LittleEndian.u16(input, in);
      if (header == 0) {
        break;
      }
      int headerAt = in - inputOffset;
      if ((header & SIGNATURE_MASK) != SIGNATURE) {
        throw malformed(headerAt, "a chunk has no signature");
      }
      in += Short.BYTES;
      int size = (header & SIZE_MASK) + 1;
      if (size > inputLimit - in) {
        throw malformed(headerAt, "the input ends inside a chunk");
      }
      if ((header & COMPRESSED) != 0) {
        out += decodeChunk(input, in, size, inputOffset, output, out, outputLimit);
      } else {
        if (size > outputLimit - out) {
          throw malformed(headerAt, "a chunk does not fit into the output");
        }
        System.arraycopy(input, in, output, out, size);
        out += size;
      }
      in += size;
    }
    return out - outputOffset;
  }

  private static int decodeChunk(
      byte[] input, int start, int size, int inputOffset, byte[] output, int first, int outputLimit)
      throws MalformedDataException {
    int end = start + size;
    int limit = Math.min(outputLimit, first + CHUNK);
    int in = start;
    int out = first;
    int flags = 0;
    int tokens = 0;
    while (in < end) {
      if (tokens == 0) {
        flags = input[in++];
        tokens = Byte.SIZE;
        continue;
      }
      boolean isCopy = (flags & 1) != 0;
      flags >>>= 1;
      tokens--;
      if (!isCopy) {
        if (out == limit) {
          throw malformed(in - inputOffset, "a chunk does not fit into the output");
        }
        output[out++] = input[in++];
        continue;
      }
      if (end - in < Short.BYTES) {
        throw malformed(in - inputOffset, "a chunk ends inside a copy");
      }
      int token = LittleEndian.u16(input, in);
      int lengthBits = lengthBits(out - first);
      int distance = (token >>> lengthBits) + 1;
      int length = (token & ((1 << lengthBits) - 1)) + MIN_COPY;
      if (distance > out - first) {
        throw malformed(in - inputOffset, "a copy starts before its chunk");
      }
      if (length > limit - out) {
        throw malformed(in - inputOffset, "a copy does not fit into its chunk or the output");
      }
      BackReference.copy(output, out, distance, length);
      in += Short.BYTES;
      out += length;
    }
    return out - first;
  }

  /**
   * The distance has at least 4 bits, and as many as can say every distance in the chunk so far.
   */
  private static int lengthBits(int produced) {
    int distanceBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(produced - 1, 0));
    return MOST_LENGTH_BITS - Math.max(distanceBits - 4, 0);
  }

  private static MalformedDataException malformed(int offset, String reason) {
    return new MalformedDataException(NAME, offset, reason);
  }
}
