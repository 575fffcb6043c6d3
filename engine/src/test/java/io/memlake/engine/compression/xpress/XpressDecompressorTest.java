package io.memlake.engine.compression.xpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.DecompressorContract;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.compression.SharedVectors;
import io.memlake.engine.compression.SharedVectors.Vector;
import io.memlake.testdata.compression.XpressWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XpressDecompressorTest extends DecompressorContract {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

  @Override
  protected Decompressor decompressor() {
    return new XpressDecompressor();
  }

  @Override
  protected byte[] compress(byte[] plain) {
    return XpressWriter.compress(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "3f0000006162636465666768696a6b6c6d6e6f707172737475767778797a, abcdefghijklmnopqrstuvwxyz, 1",
    "ffffff1f61626317000fff2601, abc, 100",
    "ffffff1f61626317000fff0000da930400, abc, 100000",
    "3f0000006162636465666768696a6b6c6d6e6f707172737475767778797acf000fff7365,"
        + " abcdefghijklmnopqrstuvwxyz, 1000"
  })
  void theVectorsOfTheSpecificationDecode(String stream, String pattern, int times)
      throws Exception {
    byte[] plain = pattern.repeat(times).getBytes(StandardCharsets.US_ASCII);
    assertThat(decode(HexFormat.of().parseHex(stream), plain.length + 100)).isEqualTo(plain);
    assertThat(XpressWriter.compress(plain)).isEqualTo(HexFormat.of().parseHex(stream));
  }

  @Test
  void whatWindowsWroteDecodes() throws Exception {
    List<Vector> vectors =
        Stream.of("compressed-plain", "compressed-more-plain")
            .flatMap(folder -> SharedVectors.samba(folder).stream())
            .toList();
    int decoded = 0;
    for (Vector vector : vectors) {
      // Equal sizes: Windows stored the bytes as they are.
      if (vector.stream().length == vector.plain().length) {
        assertThat(vector.stream()).as(vector.name()).isEqualTo(vector.plain());
      } else {
        assertThat(decode(vector.stream(), vector.plain().length + 50))
            .as(vector.name())
            .isEqualTo(vector.plain());
        decoded++;
      }
    }
    assertThat(vectors).hasSize(99);
    assertThat(decoded).isEqualTo(80);
  }

  @Test
  void theFilesOfTheMicrosoftTestSuiteDecode() throws Exception {
    for (String name : List.of("a_z", "a_z_large", "abc_100", "abc_100_large")) {
      Vector vector =
          SharedVectors.microsoft(
              "LZ77_Compressed_" + name + ".data", "Uncompressed_" + name + ".data");
      assertThat(decode(vector.stream(), vector.plain().length)).isEqualTo(vector.plain());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "000000, the input ends inside a flag word",
    "0000008000, the input ends inside a copy",
    "000000800000, a copy starts before the output",
    "00000040610800, a copy starts before the output",
    "00000040610700, the input ends inside the length of a copy",
    "0000004061070007, 0",
    "000000406107000f, the input ends inside the length of a copy",
    "000000406107000fff, the input ends inside the length of a copy",
    "000000406107000fff1500, a wide length field has a narrow length",
    "000000406107000fff0000ffff, the input ends inside the length of a copy",
    "000000406107000fff0000ffffffff, a wide length field has a narrow length",
    "000000406107000fff0000ffffff7f, a copy does not fit into the output",
    "000000406107000fff0004, a copy does not fit into the output"
  })
  void brokenTokensAreNamed(String stream, String reason) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(stream);
    if (reason.equals("0")) {
      assertThat(decode(bytes, 18)).isEqualTo("a".repeat(18).getBytes(StandardCharsets.US_ASCII));
      return;
    }
    assertThatThrownBy(() -> decode(bytes, 1000))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("Malformed XPRESS data at 0x")
        .hasMessageEndingWith(reason);
    // The same inside a long stream, where tokens are read without looking at the end each time.
    byte[] padded = Arrays.copyOf(bytes, bytes.length + 200);
    if (!reason.startsWith("the input ends")) {
      assertThatThrownBy(() -> decode(padded, 1000)).hasMessageEndingWith(reason);
    }
  }

  @Test
  void paddingBehindAFullOutputIsIgnored() throws Exception {
    byte[] plain = ALPHABET.getBytes(StandardCharsets.US_ASCII);
    byte[] stream = Arrays.copyOf(XpressWriter.compress(plain), 80);
    byte[] output = new byte[plain.length];
    decompressor().decompressExactly(stream, 0, stream.length, output, 0, output.length);
    assertThat(output).isEqualTo(plain);
  }

  private static byte[] decode(byte[] stream, int room) throws MalformedDataException {
    byte[] output = new byte[room];
    int length =
        new XpressDecompressor().decompress(stream, 0, stream.length, output, 0, output.length);
    return Arrays.copyOf(output, length);
  }
}
