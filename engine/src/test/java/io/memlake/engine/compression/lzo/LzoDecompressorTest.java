package io.memlake.engine.compression.lzo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.compression.MalformedDataException;
import io.memlake.testdata.compression.LzoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LzoDecompressorTest {
  private static final byte[] ALPHABETS =
      "abcdefghijklmnopqrstuvwxyz".repeat(40).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FAR =
      ("A".repeat(5000) + "far away text" + "\0".repeat(20000) + "far away text" + "BBB")
          .getBytes(StandardCharsets.US_ASCII);

  /** Many copies, most of them short. */
  private static final byte[] SHORT = new byte[700];

  static {
    for (int i = 0; i < SHORT.length; i++) {
      SHORT[i] = (byte) ('a' + (i * i * 7 + i / 13) % 11);
    }
  }

  private final LzoDecompressor decoder = new LzoDecompressor();

  private byte[] decode(byte[] packed, int room) throws MalformedDataException {
    byte[] out = new byte[room];
    return Arrays.copyOf(out, decoder.decompress(packed, 0, packed.length, out, 0, room));
  }

  private byte[] decode(String hex, int room) throws MalformedDataException {
    return decode(HexFormat.of().parseHex(hex), room);
  }

  /** Written by liblzo2 2.10, lzo1x_1 and lzo1x_999. */
  @Test
  void streamsOfTheReferenceLibraryDecode() throws MalformedDataException {
    assertThat(
            decode(
                "00086162636465666768696a6b6c6d6e6f707172737475767778797a20000000c664000f696a6b6c"
                    + "6d6e6f707172737475767778797a110000",
                ALPHABETS.length))
        .isEqualTo(ALPHABETS);
    assertThat(
            decode(
                "2b6162636465666768696a6b6c6d6e6f707172737475767778797a20000000d86400110000",
                ALPHABETS.length))
        .isEqualTo(ALPHABETS);
    assertThat(
            decode(
                "02414141414120000000000000000000000000000000000000007510000b6661722061776179"
                    + "2074657874002000000000000000000000000000000000000000000000000000000000000000"
                    + "0000000000000000000000000000000000000000000000000000000000000000000000000000"
                    + "000000000000000000490000000100000066617220617761792074657874424242110000",
                FAR.length))
        .isEqualTo(FAR);
    assertThat(
            decode(
                "008361686769636b6b636967686168686a646161646a68696269686a656262656b696a636a69"
                    + "6b65626366616a6b646b6a6166636366626b6165616b6267646467626b626662616368656568"
                    + "6361626663626469666669646263676362656a67676a656364686463656a68686b6664656965"
                    + "64666b6868616765666a666567616969616766676b676668626a6a6268666761686769636b20"
                    + "00f43802000165696564666b6868616765666a666567616969110000",
                SHORT.length))
        .isEqualTo(SHORT);
    assertThat(
            decode(
                "12412000000000000000e600002000000000000000e60000200000006900000b666172206177"
                    + "61792074657874002000000000000000e600002000000000000000e600002000000000000000"
                    + "e600002000000000000000e600002000000000000000e600002000000000000000e600002000"
                    + "000000000000e600002000000000000000e600002000000000000000e6000020000000000000"
                    + "0400001004b538420000110000",
                FAR.length))
        .isEqualTo(FAR);
    assertThat(
            decode(
                "a061686769636b6b636967686168686a646161646a68696269686a656262656b696a636a696b"
                    + "65626366616a6b646b6a6166636366626b6165616b6267646467626b62666261636865656863"
                    + "61626663626469666669646263676362656a67676a656364686463656a68686b666465696564"
                    + "666b6868616765666a666567616969616766676b676668626a6a626866672000000e38021100"
                    + "00",
                SHORT.length))
        .isEqualTo(SHORT);
  }

  @Test
  void whatTheWriterWritesDecodes() throws MalformedDataException {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      byte[] plain = new byte[random.nextInt(60_000)];
      for (int at = 0; at < plain.length; ) {
        int length = Math.min(plain.length - at, 1 + random.nextInt(400));
        if (at > 0 && random.nextBoolean()) {
          int from = Math.max(0, at - 1 - random.nextInt(50_000));
          for (int i = 0; i < length; i++) {
            plain[at + i] = plain[from + i % (at - from)];
          }
        } else {
          byte[] fresh = new byte[length];
          random.nextBytes(fresh);
          System.arraycopy(fresh, 0, plain, at, length);
        }
        at += length;
      }
      byte[] packed = LzoWriter.compress(plain);
      assertThat(decode(packed, plain.length)).isEqualTo(plain);
    }
  }

  @Test
  void streamsThatLieEndWithAnError() {
    assertThatThrownBy(() -> decode("", 10)).hasMessageContaining("the input ends before");
    assertThatThrownBy(() -> decode("1561", 10)).hasMessageContaining("inside literals");
    assertThatThrownBy(() -> decode("1561616161", 2)).hasMessageContaining("literals do not fit");
    assertThatThrownBy(() -> decode("15616161612090", 99))
        .isInstanceOf(MalformedDataException.class);
    assertThatThrownBy(() -> decode("156161616122ff00", 99))
        .hasMessageContaining("a copy starts before the output");
    assertThatThrownBy(() -> decode("1561616161" + "20" + "00".repeat(99), 99))
        .hasMessageContaining("does not fit");
  }

  @Test
  void anyBytesDecodeOrEndWithAnError() {
    Random random = new Random(6);
    byte[] packed = LzoWriter.compress(FAR);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = round % 2 == 0 ? packed.clone() : new byte[random.nextInt(300)];
      if (round % 2 == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      } else {
        random.nextBytes(bytes);
      }
      try {
        assertThat(decode(bytes, 30_000)).hasSizeLessThanOrEqualTo(30_000);
      } catch (MalformedDataException e) {
        assertThat(e).hasMessageStartingWith("Malformed LZO1X data at ");
      }
    }
  }
}
