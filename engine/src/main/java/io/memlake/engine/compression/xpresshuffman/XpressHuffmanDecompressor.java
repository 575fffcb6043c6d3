package io.memlake.engine.compression.xpresshuffman;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.BackReference;
import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;

/**
 * Decodes LZ77 with Huffman codes (XPRESS_HUFF, compression format 4).
 *
 * <pre>
 * stream = { block }                     a block for each 64 KiB of output
 * block  = table:256  bits and bytes     16-bit words, most significant bit first
 * symbol = 0-255 literal; 256 + (distanceBits << 4 | length - 3) copy, then distanceBits bits
 * </pre>
 *
 * Two words are read ahead of the bits in use. A length of 15 continues in bytes that lie at the
 * place where the next word would be read, before the bits of the distance are taken. The last copy
 * of a block may pass the 64 KiB, and the next block counts from there (seen in streams that
 * Windows wrote: Samba's {@code trigram_sum_128k+}).
 */
public final class XpressHuffmanDecompressor implements Decompressor {
  private static final String NAME = "XPRESS_HUFF";
  private static final int BLOCK = 65536;
  private static final int MIN_COPY = 3;
  private static final int LENGTH_MASK = 15;
  private static final int BYTE_MASK = 255;
  private static final int FIRST_COPY = 256;

  /** A copy of length 3 and distance 1, or the end when the input has ended. */
  private static final int END_OF_STREAM = FIRST_COPY;

  private static final int WORD_BITS = 16;
  private static final int READ_AHEAD = 2 * Short.BYTES;

  private final HuffmanTable table = new HuffmanTable();

  /** Where {@link #decodeBlock} stopped reading. */
  private int in;

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
    return decode(input, inputOffset, inputLength, output, outputOffset, outputLength, false);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Unlike {@link #decompress} it takes the end-of-stream symbol for the copy that it also is,
   * as long as bytes are missing.
   */
  @Override
  public void decompressExactly(
      byte[] input,
      int inputOffset,
      int inputLength,
      byte[] output,
      int outputOffset,
      int outputLength)
      throws MalformedDataException {
    int decoded = decode(input, inputOffset, inputLength, output, outputOffset, outputLength, true);
    if (decoded != outputLength) {
      throw MalformedDataException.tooShort(NAME, inputLength, decoded, outputLength);
    }
  }

  private int decode(
      byte[] input,
      int inputOffset,
      int inputLength,
      byte[] output,
      int outputOffset,
      int outputLength,
      boolean sizeIsKnown)
      throws MalformedDataException {
    Decompressor.checkRanges(input, inputOffset, inputLength, output, outputOffset, outputLength);
    int inputLimit = inputOffset + inputLength;
    int outputLimit = outputOffset + outputLength;
    int out = outputOffset;
    in = inputOffset;
    while (out < outputLimit && in < inputLimit) {
      if (inputLimit - in < HuffmanTable.STORED_SIZE + READ_AHEAD) {
        if (out > outputOffset) {
          // What is left belongs to the end-of-stream symbol of a block that was full before it.
          break;
        }
        throw malformed(in - inputOffset, "the input ends inside a table of code lengths");
      }
      if (!table.read(input, in)) {
        throw malformed(in - inputOffset, "the code lengths do not make a code");
      }
      in += HuffmanTable.STORED_SIZE;
      // The last copy of a block may pass its end; the next block counts from where it stopped.
      int blockEnd = out + Math.min(BLOCK, outputLimit - out);
      int reached =
          decodeBlock(
              input,
              inputOffset,
              inputLimit,
              output,
              outputOffset,
              out,
              blockEnd,
              outputLimit,
              sizeIsKnown);
      if (reached < 0) {
        return ~reached - outputOffset;
      }
      out = reached;
    }
    return out - outputOffset;
  }

  /** Returns the end of the decoded bytes, or its complement when the stream said that it ends. */
  private int decodeBlock(
      byte[] input,
      int inputOffset,
      int inputLimit,
      byte[] output,
      int outputOffset,
      int start,
      int blockEnd,
      int outputLimit,
      boolean sizeIsKnown)
      throws MalformedDataException {
    int at = in;
    int out = start;
    int bits = LittleEndian.u16(input, at) << WORD_BITS | LittleEndian.u16(input, at + Short.BYTES);
    at += READ_AHEAD;
    // Bits that were read ahead beyond the first 16; below zero a word is due.
    int extra = WORD_BITS;
    // Zero bits that stand for input behind the end; none of them may be used.
    int missing = 0;

    while (out < blockEnd) {
      int entry = table.find(bits);
      int codeLength = entry & ((1 << HuffmanTable.LENGTH_BITS) - 1);
      int symbol = entry >>> HuffmanTable.LENGTH_BITS;
      bits <<= codeLength;
      extra -= codeLength;
      if (extra < 0) {
        if (inputLimit - at >= Short.BYTES) {
          bits |= LittleEndian.u16(input, at) << -extra;
          at += Short.BYTES;
        } else {
          missing += WORD_BITS;
        }
        extra += WORD_BITS;
      }
      if (missing > extra + WORD_BITS) {
        throw malformed(at - inputOffset, "the input ends inside a code");
      }
      if (symbol < FIRST_COPY) {
        output[out++] = (byte) symbol;
        continue;
      }
      if (symbol == END_OF_STREAM
          && at == inputLimit
          && (!sizeIsKnown || outputLimit - out < MIN_COPY)) {
        in = at;
        return ~out;
      }

      int length = symbol & LENGTH_MASK;
      int distanceBits = (symbol - FIRST_COPY) >>> 4;
      if (length == LENGTH_MASK) {
        if (at == inputLimit) {
          throw malformed(at - inputOffset, "the input ends inside the length of a copy");
        }
        length = LittleEndian.u8(input, at++);
        if (length == BYTE_MASK) {
          if (inputLimit - at < Short.BYTES) {
            throw malformed(at - inputOffset, "the input ends inside the length of a copy");
          }
          length = LittleEndian.u16(input, at);
          at += Short.BYTES;
          if (length == 0) {
            if (inputLimit - at < Integer.BYTES) {
              throw malformed(at - inputOffset, "the input ends inside the length of a copy");
            }
            length = LittleEndian.i32(input, at);
            at += Integer.BYTES;
          }
          if (length < LENGTH_MASK) {
            throw malformed(at - inputOffset, "a wide length field has a narrow length");
          }
          length -= LENGTH_MASK;
        }
        length += LENGTH_MASK;
      }
      length += MIN_COPY;

      // A shift by 32 would leave the bits as they are, so no bits are taken in two steps.
      int distance = (1 << distanceBits) | (bits >>> 1 >>> (Integer.SIZE - 1 - distanceBits));
      bits <<= distanceBits;
      extra -= distanceBits;
      if (extra < 0) {
        if (inputLimit - at >= Short.BYTES) {
          bits |= LittleEndian.u16(input, at) << -extra;
          at += Short.BYTES;
        } else {
          missing += WORD_BITS;
        }
        extra += WORD_BITS;
      }
      if (missing > extra + WORD_BITS) {
        throw malformed(at - inputOffset, "the input ends inside a copy");
      }
      if (distance > out - outputOffset) {
        throw malformed(at - inputOffset, "a copy starts before the output");
      }
      // Lengths near the top of 32 bits have become negative.
      int room = outputLimit - out;
      if (length < 0 || length > room) {
        throw malformed(at - inputOffset, "a copy does not fit into the output");
      }
      if (length <= room - BackReference.SLACK) {
        BackReference.copyWithSlack(output, out, distance, length);
      } else {
        BackReference.copy(output, out, distance, length);
      }
      out += length;
    }
    in = at;
    return out;
  }

  private static MalformedDataException malformed(int offset, String reason) {
    return new MalformedDataException(NAME, offset, reason);
  }
}
