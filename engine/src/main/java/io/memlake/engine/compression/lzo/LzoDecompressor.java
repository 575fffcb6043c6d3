package io.memlake.engine.compression.lzo;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.BackReference;
import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;

/**
 * Decodes LZO1X.
 *
 * <pre>
 * stream  = [first], { instruction }
 * first   = 18..255: so many literals less 17
 * 00-0F   = after a run of literals: copy 3 from 2049..3072; after 1 to 3: copy 2 from 1..1024;
 *           else literals
 * 10-1F   = copy, distance 16385.. in the next two bytes; distance 16384 ends the stream
 * 20-3F   = copy, distance 1.. in the next two bytes
 * 40-FF   = copy of 3 to 8, distance 1..2048
 * lengths = 0 in the instruction: 255 for each zero byte, then one more byte
 * </pre>
 *
 * The lowest bits of a copy tell how many literals follow it.
 */
public final class LzoDecompressor implements Decompressor {
  private static final String NAME = "LZO1X";

  /** State after a run of literals that was an instruction of its own. */
  private static final int AFTER_LITERALS = 4;

  private static final int FAR = 1 << 14;

  private byte[] input;
  private int inputOffset;
  private int in;
  private int inputLimit;
  private byte[] output;
  private int outputOffset;
  private int out;
  private int outputLimit;

  /** Keeps nothing between calls but where it was. */
  public LzoDecompressor() {}

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
    this.input = input;
    this.inputOffset = inputOffset;
    this.in = inputOffset;
    this.inputLimit = inputOffset + inputLength;
    this.output = output;
    this.outputOffset = outputOffset;
    this.out = outputOffset;
    this.outputLimit = outputOffset + outputLength;
    decode();
    return out - outputOffset;
  }

  private void decode() throws MalformedDataException {
    int state = 0;
    if (in < inputLimit && LittleEndian.u8(input, in) > 17) {
      int count = next() - 17;
      literals(count);
      state = Math.min(count, AFTER_LITERALS);
    }
    while (true) {
      int token = next();
      if (token < 16 && state == 0) {
        literals(3 + length(token, 15));
        state = AFTER_LITERALS;
        continue;
      }
      int trailing;
      if (token < 16) {
        boolean afterRun = state == AFTER_LITERALS;
        int distance = (next() << 2) + (token >>> 2) + 1;
        copy(afterRun ? distance + 2048 : distance, afterRun ? 3 : 2);
        trailing = token & 3;
      } else if (token < 64) {
        boolean far = token < 32;
        int length = far ? 2 + length(token & 7, 7) : 2 + length(token & 31, 31);
        int word = word();
        int distance = (word >>> 2) + (far ? FAR + ((token & 8) << 11) : 1);
        if (far && distance == FAR) {
          return;
        }
        copy(distance, length);
        trailing = word & 3;
      } else {
        int length = token < 128 ? 3 + (token >>> 5 & 1) : 5 + (token >>> 5 & 3);
        copy((next() << 3) + (token >>> 2 & 7) + 1, length);
        trailing = token & 3;
      }
      literals(trailing);
      state = trailing;
    }
  }

  /** The length in an instruction, or the longer one behind it. */
  private int length(int inToken, int longest) throws MalformedDataException {
    if (inToken != 0) {
      return inToken;
    }
    int length = longest;
    int value = next();
    while (value == 0) {
      length += 255;
      if (length > outputLimit - outputOffset) {
        throw malformed("a copy does not fit into the output");
      }
      value = next();
    }
    return length + value;
  }

  private int next() throws MalformedDataException {
    if (in >= inputLimit) {
      throw malformed("the input ends before the stream");
    }
    return LittleEndian.u8(input, in++);
  }

  private int word() throws MalformedDataException {
    int low = next();
    return low | next() << 8;
  }

  private void literals(int count) throws MalformedDataException {
    if (count > inputLimit - in) {
      throw malformed("the input ends inside literals");
    }
    if (count > outputLimit - out) {
      throw malformed("literals do not fit into the output");
    }
    System.arraycopy(input, in, output, out, count);
    in += count;
    out += count;
  }

  private void copy(int distance, int length) throws MalformedDataException {
    if (distance > out - outputOffset) {
      throw malformed("a copy starts before the output");
    }
    if (length > outputLimit - out) {
      throw malformed("a copy does not fit into the output");
    }
    BackReference.copy(output, out, distance, length);
    out += length;
  }

  private MalformedDataException malformed(String reason) {
    return new MalformedDataException(NAME, in - inputOffset, reason);
  }
}
