package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValueTextTest {

  private static String text(int type, byte... data) {
    return ValueText.of(type, data, ValueText.MAX_CHARACTERS).text();
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  @Test
  void textsLoseTheNulsAtTheirEndAndShowThoseInside() {
    assertThat(text(ValueTypes.SZ, utf16("a b\0"))).isEqualTo("a b");
    assertThat(text(ValueTypes.EXPAND_SZ, utf16("%x%\0\0"))).isEqualTo("%x%");
    assertThat(text(ValueTypes.SZ, utf16("a\0hidden\0"))).isEqualTo("a\\0hidden");
    assertThat(text(ValueTypes.MULTI_SZ, utf16("a\0b\0\0"))).isEqualTo("a|b");
    assertThat(text(ValueTypes.SZ)).isEmpty();
  }

  @Test
  void numbersAreDecimalAndUnsigned() {
    byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
    assertThat(text(ValueTypes.DWORD, new byte[] {-2, -1, -1, -1})).isEqualTo("4294967294");
    assertThat(text(ValueTypes.DWORD_BIG_ENDIAN, new byte[] {0, 0, 1, 2})).isEqualTo("258");
    assertThat(text(ValueTypes.QWORD, ones)).isEqualTo("18446744073709551615");
  }

  @Test
  void dataThatDoNotFitTheirTypeAreHexDigits() {
    assertThat(text(ValueTypes.DWORD, new byte[] {1, 2})).isEqualTo("0102");
    assertThat(text(ValueTypes.SZ, new byte[] {0x41, 0, 0x42})).isEqualTo("410042");
    assertThat(text(0x220, new byte[] {(byte) 0xAB})).isEqualTo("AB");
  }

  @Test
  void longDataAreCutAndSaidToBe() {
    ValueText cut = ValueText.of(ValueTypes.BINARY, new byte[100], 20);

    assertThat(cut.cut()).isTrue();
    assertThat(cut.text()).isEqualTo("0".repeat(20));
    assertThat(ValueText.of(ValueTypes.SZ, utf16("abc"), 2)).isEqualTo(new ValueText("ab", true));
  }

  @Test
  void typesHaveTheirWindowsNames() {
    assertThat(ValueTypes.name(7)).isEqualTo("REG_MULTI_SZ");
    assertThat(ValueTypes.name(0xFFFF_0012)).isEqualTo("REG_0xffff0012");
  }
}
