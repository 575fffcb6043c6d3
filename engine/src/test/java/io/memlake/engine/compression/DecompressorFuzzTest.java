package io.memlake.engine.compression;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.compression.lz4.Lz4BlockDecompressor;
import io.memlake.engine.compression.lznt1.Lznt1Decompressor;
import io.memlake.engine.compression.xpress.XpressDecompressor;
import io.memlake.engine.compression.xpresshuffman.XpressHuffmanDecompressor;
import java.util.Arrays;

/** Any bytes end with output or {@link MalformedDataException}; seeds are named by what they do. */
class DecompressorFuzzTest {
  private static final int ROOM = 8192;
  private static final int GUARDS = 32;

  @FuzzTest(maxDuration = "60s")
  void xpress(byte[] data) {
    decode(new XpressDecompressor(), data);
  }

  @FuzzTest(maxDuration = "60s")
  void xpressHuffman(byte[] data) {
    decode(new XpressHuffmanDecompressor(), data);
  }

  @FuzzTest(maxDuration = "60s")
  void lznt1(byte[] data) {
    decode(new Lznt1Decompressor(), data);
  }

  @FuzzTest(maxDuration = "60s")
  void lz4(byte[] data) {
    decode(new Lz4BlockDecompressor(), data);
  }

  private static void decode(Decompressor decompressor, byte[] data) {
    byte[] output = new byte[ROOM + 2 * GUARDS];
    try {
      int decoded = decompressor.decompress(data, 0, data.length, output, GUARDS, ROOM);
      if (decoded < 0 || decoded > ROOM) {
        throw new AssertionError(decompressor.name() + " decoded " + decoded + " bytes");
      }
    } catch (MalformedDataException e) {
      if (e.offset() < 0 || e.offset() > data.length) {
        throw new AssertionError("Offset " + e.offset() + " outside the input", e);
      }
    }
    byte[] untouched = new byte[GUARDS];
    if (!Arrays.equals(Arrays.copyOf(output, GUARDS), untouched)
        || !Arrays.equals(Arrays.copyOfRange(output, GUARDS + ROOM, output.length), untouched)) {
      throw new AssertionError(decompressor.name() + " wrote outside the room for output");
    }
  }
}
