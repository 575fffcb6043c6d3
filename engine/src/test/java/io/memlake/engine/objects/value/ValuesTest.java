package io.memlake.engine.objects.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void fileTimeIsAMoment() {
    assertThat(FileTime.instant(116_444_736_000_000_000L)).contains(Instant.EPOCH);
    assertThat(FileTime.instant(131_349_209_482_033_785L))
        .contains(Instant.parse("2017-03-25T13:09:08.203378500Z"));
    assertThat(FileTime.instant(0)).isEmpty();
    assertThat(FileTime.instant(-1)).isEmpty();
    assertThat(FileTime.instant(Long.MAX_VALUE)).isPresent();
  }

  @Test
  void fileTimeTextKeepsAllDigits() {
    assertThat(FileTime.text(116_444_736_000_000_001L)).isEqualTo("1970-01-01T00:00:00.0000001Z");
    assertThat(FileTime.text(116_444_736_000_000_000L)).isEqualTo("1970-01-01T00:00:00.0000000Z");
    assertThat(FileTime.text(0)).isEmpty();
  }

  @Test
  void guidIsMixedEndian() {
    byte[] bytes = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

    assertThat(Guid.text(bytes, 0)).isEqualTo("33221100-5544-7766-8899-aabbccddeeff");
  }

  @Test
  void sidIsReadWithinItsRoom() {
    byte[] bytes = HexFormat.of().parseHex("01020000000000052000000020020000");

    assertThat(Sid.text(bytes, 0, bytes.length)).contains("S-1-5-32-544");
    assertThat(Sid.text(bytes, 0, bytes.length - 1)).isEmpty();
    assertThat(Sid.text(new byte[8], 0, 8)).isEmpty();
    assertThat(Sid.text(HexFormat.of().parseHex("0100ffffffffffff"), 0, 8))
        .contains("S-1-0xffffffffffff");
  }

  @Test
  void textEndsAtTheFirstNul() {
    byte[] bytes = "ab\0cd".getBytes(StandardCharsets.UTF_16LE);

    assertThat(Utf16.untilNul(bytes, 0, bytes.length)).isEqualTo("ab");
    assertThat(Utf16.untilNul(bytes, 0, 3)).isEqualTo("a");
  }
}
