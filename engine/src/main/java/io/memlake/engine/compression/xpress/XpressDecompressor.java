package io.memlake.engine.compression.xpress;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.BackReference;
import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;

/**
 * Decodes plain LZ77 (XPRESS, compression format 3).
 *
 * <pre>
 * stream  = { flags:u32  token * 32 }        flags from the top bit down: 0 literal, 1 copy
 * literal = byte
 * copy    = u16 [nibble] [u8] [u16] [u32]    bits 3-15: distance - 1; bits 0-2: length - 3
 * </pre>
 *
 * A length field that is all ones continues in the next wider one. Two nibbles share a byte: the
 * second is taken from the byte of the first, however far back that is. The stream ends where the
 * input ends, at the border of a token.
 */
public final class XpressDecompressor implements Decompressor {
  private static final String NAME = "XPRESS";

  /** Copies are at least this long. */
  private static final int MIN_COPY = 3;

  private static final int LENGTH_MASK = 7;
  private static final int NIBBLE_MASK = 15;
  private static final int BYTE_MASK = 255;

  /** A wide length is not reduced by what the narrow fields could have said. */
  private static final int NARROW_LENGTHS = LENGTH_MASK + NIBBLE_MASK;

  /** A run of literals has at most 32 bytes and is copied in words of 8. */
  private static final int FAST_OUTPUT = 32;

  /** Such a run and the widest copy, which has 10 bytes. */
  private static final int FAST_INPUT = 42;

  /** Set behind the 32 flags of a word, so that no run of literals passes their end. */
  private static final long END_OF_FLAGS = 0x8000_0000L;

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
    long flags = Long.MIN_VALUE;
    int nibble = -1;

    while (out < outputLimit) {
      if (flags == Long.MIN_VALUE) {
        if (in == inputLimit) {
          break;
        }
        if (inputLimit - in < Integer.BYTES) {
          throw malformed(in - inputOffset, "the input ends inside a flag word");
        }
        flags = (long) LittleEndian.i32(input, in) << 32 | END_OF_FLAGS;
        in += Integer.BYTES;
      }

      boolean fast = inputLimit - in >= FAST_INPUT && outputLimit - out >= FAST_OUTPUT;
      int literals = Long.numberOfLeadingZeros(flags);
      if (fast) {
        // FAST_INPUT and FAST_OUTPUT leave room for 32 bytes in words.
        BackReference.copyWord(input, in, output, out);
        for (int copied = Long.BYTES; copied < literals; copied += Long.BYTES) {
          BackReference.copyWord(input, in + copied, output, out + copied);
        }
      } else {
        literals = Math.min(literals, Math.min(inputLimit - in, outputLimit - out));
        System.arraycopy(input, in, output, out, literals);
      }
      in += literals;
      out += literals;
      flags <<= literals;
      if (flags == Long.MIN_VALUE) {
        continue;
      }
      if (!fast) {
        if (in == inputLimit || out == outputLimit) {
          break;
        }
        if (inputLimit - in < Short.BYTES) {
          throw malformed(in - inputOffset, "the input ends inside a copy");
        }
      }
      flags <<= 1;

      int token = LittleEndian.u16(input, in);
      int tokenAt = in;
      in += Short.BYTES;
      int distance = (token >>> 3) + 1;
      int length = token & LENGTH_MASK;
      if (length == LENGTH_MASK) {
        if (!fast && inputLimit - in < lengthBytes(input, in, inputLimit, nibble)) {
          throw malformed(tokenAt - inputOffset, "the input ends inside the length of a copy");
        }
        if (nibble < 0) {
          length = LittleEndian.u8(input, in++);
          nibble = length >>> 4;
          length &= NIBBLE_MASK;
        } else {
          length = nibble;
          nibble = -1;
        }
        if (length == NIBBLE_MASK) {
          length = LittleEndian.u8(input, in++);
          if (length == BYTE_MASK) {
            length = LittleEndian.u16(input, in);
            in += Short.BYTES;
            if (length == 0) {
              length = LittleEndian.i32(input, in);
              in += Integer.BYTES;
            }
            if (length < NARROW_LENGTHS) {
              throw malformed(tokenAt - inputOffset, "a wide length field has a narrow length");
            }
            length -= NARROW_LENGTHS;
          }
          length += NIBBLE_MASK;
        }
        length += LENGTH_MASK;
      }
      length += MIN_COPY;

      if (distance > out - outputOffset) {
        throw malformed(tokenAt - inputOffset, "a copy starts before the output");
      }
      // Lengths near the top of 32 bits have become negative.
      int room = outputLimit - out;
      if (length < 0 || length > room) {
        throw malformed(tokenAt - inputOffset, "a copy does not fit into the output");
      }
      if (length <= room - BackReference.SLACK) {
        BackReference.copyWithSlack(output, out, distance, length);
      } else {
        BackReference.copy(output, out, distance, length);
      }
      out += length;
    }
    return out - outputOffset;
  }

  /** How many bytes the length fields at {@code in} take, as far as the input lets see. */
  private static int lengthBytes(byte[] input, int in, int inputLimit, int nibble) {
    int at = in;
    int narrow = nibble;
    if (nibble < 0) {
      if (at == inputLimit) {
        return 1;
      }
      narrow = input[at++] & NIBBLE_MASK;
    }
    if (narrow < NIBBLE_MASK) {
      return at - in;
    }
    if (at == inputLimit || LittleEndian.u8(input, at) < BYTE_MASK) {
      return at + 1 - in;
    }
    at++;
    if (inputLimit - at < Short.BYTES || LittleEndian.u16(input, at) != 0) {
      return at + Short.BYTES - in;
    }
    return at + Short.BYTES + Integer.BYTES - in;
  }

  private static MalformedDataException malformed(int offset, String reason) {
    return new MalformedDataException(NAME, offset, reason);
  }
}
