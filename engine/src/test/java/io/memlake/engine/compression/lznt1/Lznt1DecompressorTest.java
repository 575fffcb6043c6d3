package io.memlake.engine.compression.lznt1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.DecompressorContract;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.compression.SharedVectors;
import io.memlake.engine.compression.SharedVectors.Vector;
import io.memlake.testdata.compression.Lznt1Writer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lznt1DecompressorTest extends DecompressorContract {

  @Override
  protected Decompressor decompressor() {
    return new Lznt1Decompressor();
  }

  @Override
  protected byte[] compress(byte[] plain) {
    return Lznt1Writer.compress(plain);
  }

  @Test
  void theVectorOfTheSpecificationDecodes() throws Exception {
    String stream =
        "3cb08846232000204720410010a24701a04520440008450150fd001045000800180008138805280218df"
            + "0110000c0246091601484500780014030004189000";
    assertThat(decode(HexFormat.of().parseHex(stream), 1000))
        .hasSize(142)
        .asString()
        .startsWith("F# F# G A A G F# E D D ")
        .endsWith("\0");
  }

  @Test
  void theFilesOfTheMicrosoftTestSuiteDecode() throws Exception {
    for (String size : new String[] {"", "_large"}) {
      Vector vector =
          SharedVectors.microsoft(
              "LZNT1_Compressed" + size + ".data", "LZNT1_Uncompressed" + size + ".data");
      assertThat(decode(vector.stream(), vector.plain().length)).isEqualTo(vector.plain());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0080, a chunk has no signature",
    "02b00061, the input ends inside a chunk",
    "02b0010000, a copy starts before its chunk",
    "03b002610010, a copy starts before its chunk",
    "03b00261ffff, a copy starts before its chunk",
    "03b00261ff0f, a copy does not fit into its chunk or the output",
    "02b0026100, a chunk ends inside a copy"
  })
  void brokenChunksAreNamed(String stream, String reason) {
    assertThatThrownBy(() -> decode(HexFormat.of().parseHex(stream), 1000))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith("Malformed LZNT1 data at 0x")
        .hasMessageEndingWith(reason);
  }

  private static byte[] decode(byte[] stream, int room) throws MalformedDataException {
    byte[] output = new byte[room];
    int length =
        new Lznt1Decompressor().decompress(stream, 0, stream.length, output, 0, output.length);
    return Arrays.copyOf(output, length);
  }
}
