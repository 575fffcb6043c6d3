package io.memlake.engine.compression.lz4;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.DecompressorContract;
import io.memlake.testdata.compression.Lz4BlockWriter;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

class Lz4BlockDecompressorTest extends DecompressorContract {

  @Override
  protected Decompressor decompressor() {
    return new Lz4BlockDecompressor();
  }

  @Override
  protected byte[] compress(byte[] plain) {
    return Lz4BlockWriter.compress(plain);
  }

  @Test
  void blocksOfTheReferenceCompressorDecode() throws Exception {
    byte[] plain = new byte[100_000];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) ((i * i) >>> 7);
    }
    byte[] stream = LZ4Factory.fastestInstance().highCompressor().compress(plain);
    byte[] output = new byte[plain.length];
    decompressor().decompressExactly(stream, 0, stream.length, output, 0, output.length);
    assertThat(output).isEqualTo(plain);
  }

  /** Runs the same promises on the implementation without native code. */
  static class WithoutNativeCodeTest extends DecompressorContract {
    @Override
    protected Decompressor decompressor() {
      return new Lz4BlockDecompressor(LZ4Factory.safeInstance());
    }

    @Override
    protected byte[] compress(byte[] plain) {
      return Lz4BlockWriter.compress(plain);
    }
  }
}
