package io.memlake.engine.compression;

import java.util.Objects;

/**
 * Decodes streams of one algorithm from one range of bytes into another.
 *
 * <p>Any input is safe: what is not a stream ends with {@link MalformedDataException}, after work
 * that is bounded by the two lengths. Nothing outside the two ranges is read or written, and the
 * room for output after the last decoded byte has undefined content. Streams carry no sizes; the
 * container that holds them knows both. Windows containers store what does not shrink as it is, and
 * say so by two equal sizes: such bytes are no stream.
 *
 * <p>An instance may keep tables between calls; it belongs to one thread.
 */
public interface Decompressor {

  /** What errors and rows call the algorithm, for instance {@code XPRESS}. */
  String name();

  /**
   * Decodes until the stream ends or the output is full; input behind that point is ignored.
   *
   * @param outputLength room for output, in bytes
   * @return how many bytes were decoded, at most {@code outputLength}
   * @throws MalformedDataException when the input is no stream of this algorithm, ends inside a
   *     token, or has a token that does not fit into the room
   * @throws IndexOutOfBoundsException when a range leaves its array, which is a bug of the caller
   */
  int decompress(
      byte[] input,
      int inputOffset,
      int inputLength,
      byte[] output,
      int outputOffset,
      int outputLength)
      throws MalformedDataException;

  /** What every implementation checks first: both ranges lie in their arrays. */
  static void checkRanges(
      byte[] input,
      int inputOffset,
      int inputLength,
      byte[] output,
      int outputOffset,
      int outputLength) {
    Objects.checkFromIndexSize(inputOffset, inputLength, input.length);
    Objects.checkFromIndexSize(outputOffset, outputLength, output.length);
  }

  /**
   * Decodes a stream whose decoded size is known; input behind its end is ignored.
   *
   * @param outputLength how many bytes the stream must give
   * @throws MalformedDataException as {@link #decompress}, and when the stream gives fewer bytes
   */
  default void decompressExactly(
      byte[] input,
      int inputOffset,
      int inputLength,
      byte[] output,
      int outputOffset,
      int outputLength)
      throws MalformedDataException {
    int decoded = decompress(input, inputOffset, inputLength, output, outputOffset, outputLength);
    if (decoded != outputLength) {
      throw MalformedDataException.tooShort(name(), inputLength, decoded, outputLength);
    }
  }
}
