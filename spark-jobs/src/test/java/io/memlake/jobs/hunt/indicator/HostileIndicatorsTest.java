package io.memlake.jobs.hunt.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.hunt.indicator.IndicatorSet.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of indicators that are wrong, large or meant to harm: what is lost has a name. */
class HostileIndicatorsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void malformedMispIsNamedAndTheRestOfTheEventCounts() {
    IndicatorSet set =
        read(
            """
            [{"Event": 5},
             {"Event": {"Attribute": "text", "Object": [7, {"Attribute": {"value": "x"}}]}},
             {"Event": {"Attribute": [
                3,
                {"uuid": "1", "type": "ip-dst"},
                {"uuid": "2", "value": "a.exe"},
                {"uuid": "3", "type": "no-such-type", "value": "a.exe"},
                {"uuid": "4", "type": "filename", "value": "good.exe"}],
               "Tag": "text"}}]""");
    assertThat(set.indicators()).extracting(Indicator::value).containsExactly("good.exe");
    assertThat(set.rejected())
        .containsExactly(
            new Rejected("test", "malformed", "an event that is no object"),
            new Rejected("test", "malformed", "Attribute is no list"),
            new Rejected("test", "malformed", "Attribute is no list"),
            new Rejected("test", "malformed", "Attribute is no list"),
            new Rejected("test", "malformed", "an attribute that is no object"),
            new Rejected("test#1", "malformed", "an attribute without a type or a value"),
            new Rejected("test#2", "malformed", "an attribute without a type or a value"),
            new Rejected("test#3", "unsupported", "no such type: no-such-type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"bundle\", \"objects\": 7}",
        "{\"type\": \"bundle\", \"objects\": [7]}",
        "{\"type\": \"bundle\", \"objects\": [{\"id\": \"indicator--1\"}]}",
        "{\"type\": \"bundle\", \"objects\": [{\"type\": \"indicator\"}]}",
        "{\"type\": \"indicator\", \"id\": \"i\", \"pattern\": 7}",
        "{\"type\": \"indicator\", \"id\": \"i\", \"pattern\": \"[file:name = 'a'\"}",
        "{\"type\": \"indicator\", \"id\": \"i\", \"pattern\": \"[file:name = 'a\"}",
        "{\"type\": \"indicator\", \"id\": \"i\", \"pattern\": \"][\"}",
        "{\"type\": \"indicator\", \"id\": \"i\", \"pattern\": \"[file:name = 'a'] AND\"}",
        "{\"type\": \"indicator\", \"id\": \"i\", \"pattern\": \"[= = =]\"}"
      })
  void malformedStixIsNamed(String text) {
    IndicatorSet set = read(text);
    assertThat(set.indicators()).isEmpty();
    assertThat(set.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.status()).isEqualTo("malformed");
              assertThat(rejected.item()).startsWith("test");
              assertThat(rejected.reason()).isNotBlank();
            });
  }

  @Test
  void patternsWithoutEndAreNamedAndDoNotExplode() {
    String deep = "(".repeat(20_000) + "[file:name = 'a']" + ")".repeat(20_000);
    assertThat(read(stix(deep)).rejected().get(0).reason()).contains("brackets deep");
    String wide =
        "[" + String.join(" AND ", Collections.nCopies(40, "(a:b = '1' OR a:c = '2')")) + "]";
    assertThat(read(stix(wide)).rejected().get(0).reason()).contains("alternatives");
  }

  @Test
  void tenMegabytesOfDuplicatesAndJunkInAnyOrderAreCountedToTheLastLine() {
    List<String> lines = new ArrayList<>();
    Random random = new Random(11);
    long length = 0;
    int junk = 0;
    while (length < 10 << 20) {
      String line =
          switch (random.nextInt(4)) {
            case 0 -> "203.0.113." + random.nextInt(256);
            case 1 -> "HXXP://evil[.]example/" + random.nextInt(1000);
            case 2 -> "evil" + random.nextInt(1000) + ".example";
            default -> "!" + "\u0001\u00FF\t;".repeat(10) + junk++;
          };
      lines.add(line);
      length += line.length() + 1;
    }
    IndicatorSet set = read(String.join("\n", lines));
    assertThat(set.indicators()).hasSize(256 + 1000 + 1000);
    assertThat(set.rejected()).hasSize(junk);
    assertThat(set.rejected()).extracting(Rejected::item).doesNotHaveDuplicates();
    assertThat(set.indicators().size() + set.rejected().size() + set.duplicates())
        .isEqualTo(lines.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE processes; --.exe",
        "<img src=x onerror=alert(1)>.exe",
        "=cmd|' /C calc'!A0.exe",
        "%s%n{}$(reboot)`id`.exe",
        "\u202Etxt.exe"
      })
  void hostileNamesAreLookedForAsTheyAre(String name) {
    IndicatorSet set = read("type,value\nfile_name,\"" + name + "\"\n");
    assertThat(set.rejected()).isEmpty();
    assertThat(set.indicators()).extracting(Indicator::value).containsExactly(name);
    Target column = new Target("t", "c", "c", List.of(), true, List.of(IndicatorType.FILE_NAME));
    IndicatorMatcher matcher = new IndicatorMatcher(set.indicators());
    assertThat(matcher.match(column, "C:\\Temp\\" + name)).hasSize(1);
    assertThat(matcher.match(column, "C:\\Temp\\other.exe")).isEmpty();
  }

  private static String stix(String pattern) {
    return "{\"type\": \"indicator\", \"id\": \"i\", \"pattern\": \"" + pattern + "\"}";
  }

  private static IndicatorSet read(String text) {
    IndicatorSet set = new IndicatorSet();
    IndicatorFiles.read("test", text.getBytes(StandardCharsets.UTF_8), set, NOW);
    return set;
  }
}
