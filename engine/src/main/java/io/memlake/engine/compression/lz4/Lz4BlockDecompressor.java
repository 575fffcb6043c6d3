package io.memlake.engine.compression.lz4;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Decodes one raw LZ4 block, which has neither a frame nor sizes and takes up the whole input.
 *
 * <p>The safe decompressor of lz4-java checks every bound; its fast one trusts the input.
 */
public final class Lz4BlockDecompressor implements Decompressor {
  private static final String NAME = "LZ4";

  private final LZ4SafeDecompressor decompressor;

  /** Uses the fastest implementation that runs here: native code, else plain Java. */
  public Lz4BlockDecompressor() {
    this(LZ4Factory.fastestInstance());
  }

  Lz4BlockDecompressor(LZ4Factory factory) {
    decompressor = factory.safeDecompressor();
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Input behind the end of a block would be read as part of it: the input range must be the
   * block. An empty input decodes to nothing.
   */
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
    if (inputLength == 0 || outputLength == 0) {
      return 0;
    }
    try {
      return decompressor.decompress(
          input, inputOffset, inputLength, output, outputOffset, outputLength);
    } catch (LZ4Exception e) {
      throw new MalformedDataException(NAME, 0, "not an LZ4 block of at most the expected size");
    }
  }
}
