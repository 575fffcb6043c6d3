package io.memlake.engine.compression.xpresshuffman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.DecompressorContract;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.compression.SharedVectors;
import io.memlake.engine.compression.SharedVectors.Vector;
import io.memlake.testdata.compression.XpressHuffmanWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class XpressHuffmanDecompressorTest extends DecompressorContract {

  @Override
  protected Decompressor decompressor() {
    return new XpressHuffmanDecompressor();
  }

  @Override
  protected byte[] compress(byte[] plain) {
    return XpressHuffmanWriter.compress(plain);
  }

  @Test
  void theVectorsOfTheSpecificationDecode() throws Exception {
    byte[] alphabet = new byte[276];
    put(alphabet, 0x30, "5055555555555555555555454404");
    put(alphabet, 0x80, "04");
    put(alphabet, 256, "d8523ed794115be9195ff9d67cdf8d0400000000");
    assertThat(decode(alphabet, 26)).asString().isEqualTo("abcdefghijklmnopqrstuvwxyz");

    byte[] abc = new byte[263];
    put(abc, 0x30, "3023");
    put(abc, 0x80, "02");
    put(abc, 0x8F, "20");
    put(abc, 256, "a8dc0000ff2601");
    assertThat(decode(abc, 1000)).asString().isEqualTo("abc".repeat(100));
  }

  @Test
  void whatWindowsWroteDecodes() throws Exception {
    List<Vector> vectors =
        Stream.of("compressed-huffman", "compressed-more-huffman")
            .flatMap(folder -> SharedVectors.samba(folder).stream())
            .toList();
    for (Vector vector : vectors) {
      byte[] output = new byte[vector.plain().length];
      decompressor()
          .decompressExactly(vector.stream(), 0, vector.stream().length, output, 0, output.length);
      assertThat(output).as(vector.name()).isEqualTo(vector.plain());
      assertThat(decode(vector.stream(), vector.plain().length + 50))
          .as(vector.name())
          .isEqualTo(vector.plain());
    }
    assertThat(vectors).hasSize(100);
  }

  @Test
  void theFilesOfTheMicrosoftTestSuiteDecode() throws Exception {
    // The names of the two streams of "abc" are exchanged in the suite.
    for (List<String> pair :
        List.of(
            List.of("a_z", "a_z"),
            List.of("a_z_large", "a_z_large"),
            List.of("abc_100_large", "abc_100"),
            List.of("abc_100", "abc_100_large"))) {
      Vector vector =
          SharedVectors.microsoft(
              "LZ77Huffman_Compressed_" + pair.get(0) + ".data",
              "Uncompressed_" + pair.get(1) + ".data");
      assertThat(decode(vector.stream(), vector.plain().length)).isEqualTo(vector.plain());
    }
  }

  @Test
  void codeLengthsThatLeaveBitStringsWithoutMeaningAreRefused() {
    byte[] stream = new byte[300];
    stream[0] = 0x21;
    assertThatThrownBy(() -> decode(stream, 100))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("Malformed XPRESS_HUFF data at 0x0: the code lengths do not make a code");
    stream[0] = 0x11;
    stream[1] = 0x01;
    assertThatThrownBy(() -> decode(stream, 100)).hasMessageEndingWith("do not make a code");
  }

  @Test
  void aTableThatTheInputEndsInIsNamed() {
    assertThatThrownBy(() -> decode(new byte[259], 100))
        .hasMessage(
            "Malformed XPRESS_HUFF data at 0x0: the input ends inside a table of code lengths");
  }

  @Test
  void zeroBitsBehindTheInputAreNotDecoded() {
    // Two literals of one bit each: 32 bits of input are 32 literals and no more.
    byte[] stream = new byte[260];
    stream[0] = 0x11;
    assertThatThrownBy(() -> decode(stream, 33))
        .hasMessage("Malformed XPRESS_HUFF data at 0x104: the input ends inside a code");
  }

  private static void put(byte[] target, int at, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  private static byte[] decode(byte[] stream, int room) throws MalformedDataException {
    byte[] output = new byte[room];
    int length =
        new XpressHuffmanDecompressor()
            .decompress(stream, 0, stream.length, output, 0, output.length);
    return Arrays.copyOf(output, length);
  }
}
