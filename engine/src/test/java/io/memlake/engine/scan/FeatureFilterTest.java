package io.memlake.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.objects.feature.FeatureFinder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureFilterTest {
  private static final List<String> FEATURES =
      List.of(
          "https://a.example.org/x",
          "someone@mail.example.net",
          "server.corp.example.com",
          "192.168.100.200",
          "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
          "0x52908400098527886E0F7030069857D2E4169EE7",
          "AKIAIOSFODNN7EXAMPLE");

  @Test
  void everyPlaceOfAFeatureOfFifteenCharactersPasses() {
    SplittableRandom random = new SplittableRandom(3);
    for (String feature : FEATURES) {
      for (Charset charset : List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16LE)) {
        byte[] text = feature.getBytes(charset);
        for (int round = 0; round < 64; round++) {
          byte[] page = new byte[4096];
          int at = round < 16 ? round : random.nextInt(page.length - text.length);
          System.arraycopy(text, 0, page, at, text.length);
          assertThat(FeatureFilter.mayHold(page, 0)).as("%s at %d", feature, at).isTrue();
          assertThat(FeatureFinder.find(page, page.length, page.length, false)).isNotEmpty();
        }
      }
    }
  }

  @Test
  void pagesWithoutTextAndWithNamesOfFilesDoNotPass() {
    assertThat(FeatureFilter.mayHold(new byte[4096], 0)).isFalse();
    byte[] page = new byte[4096];
    new SplittableRandom(9).nextBytes(page);
    assertThat(FeatureFilter.mayHold(page, 0)).isFalse();
    byte[] names =
        "C:\\Windows\\System32\\ntdll.dll; setup.exe, 10.0.19041"
            .repeat(70)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[4096];
    System.arraycopy(names, 0, text, 0, names.length);
    assertThat(FeatureFilter.mayHold(text, 0)).isFalse();
  }

  @Test
  void aTextThatFillsThePageIsReadToItsEnd() {
    byte[] page = "x".repeat(4096).getBytes(StandardCharsets.US_ASCII);
    assertThat(FeatureFilter.mayHold(page, 0)).isFalse();
    byte[] wide = "x".repeat(2048).getBytes(StandardCharsets.UTF_16LE);
    assertThat(FeatureFilter.mayHold(wide, 0)).isFalse();
    byte[] odd = new byte[4096];
    System.arraycopy(wide, 0, odd, 1, 4095);
    assertThat(FeatureFilter.mayHold(odd, 0)).isFalse();
  }
}
