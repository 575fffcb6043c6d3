package io.memlake.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWidthTest {

  @Test
  void wideCharactersTakeTwoColumnsAndMarksNone() {
    assertThat(TextWidth.of("svchost.exe")).isEqualTo(11);
    assertThat(TextWidth.of("進程")).isEqualTo(4);
    assertThat(TextWidth.of("ｗｉｎ")).isEqualTo(6);
    assertThat(TextWidth.of("é")).isEqualTo(1);
    assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
    assertThat(TextWidth.of("😀.exe")).isEqualTo(6);
    assertThat(TextWidth.of("한글")).isEqualTo(4);
    assertThat(TextWidth.of("─│█…")).isEqualTo(4);
  }

  @Test
  void cutTextsFitAndAreCutBetweenCharacters() {
    assertThat(TextWidth.cut("svchost.exe", 11)).isEqualTo("svchost.exe");
    assertThat(TextWidth.cut("svchost.exe", 8)).isEqualTo("svchost…");
    assertThat(TextWidth.cut("進程進程", 6)).isEqualTo("進程…");
    assertThat(TextWidth.of(TextWidth.cut("進程進程", 6))).isEqualTo(5);
    assertThat(TextWidth.cut("😀😀😀", 4)).isEqualTo("😀…");
  }
}
