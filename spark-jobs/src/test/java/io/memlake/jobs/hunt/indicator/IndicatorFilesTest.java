package io.memlake.jobs.hunt.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.hunt.indicator.IndicatorSet.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorFilesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "hxxp://evil[.]example/a > url > http://evil.example/a",
        "hXXps[:]//evil(dot)example/a > url > https://evil.example/a",
        "h**p://evil.example > url > http://evil.example",
        "203[.]0[.]113[.]7 > ipv4 > 203.0.113.7",
        "203.0.113.7:443 > ip_port > 203.0.113.7|443",
        "203.0.113.0/24 > cidr > 203.0.113.0/24",
        "2001:db8::1 > ipv6 > 2001:db8::1",
        "evil[.example > domain > evil.example",
        "bob[at]evil[.]example > email > bob@evil.example",
        "d41d8cd98f00b204e9800998ecf8427e > md5 > d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709 > sha1 > da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "C:\\Users\\Public\\a.exe > file_path > C:\\Users\\Public\\a.exe",
        "a.exe > file_name > a.exe",
        "HKLM\\Software\\Evil > registry_key > HKLM\\Software\\Evil",
        "\\\\.\\pipe\\evil > named_pipe > \\\\.\\pipe\\evil",
        "Global\\evil > mutex > Global\\evil",
        "S-1-5-21-1-2-3-500 > sid > S-1-5-21-1-2-3-500",
      })
  void typesOfBareValuesAreTold(String line, String type, String value) {
    IndicatorSet set = read(line);
    assertThat(set.rejected()).isEmpty();
    assertThat(set.indicators())
        .extracting(Indicator::value, indicator -> indicator.type().toString())
        .containsExactly(org.assertj.core.groups.Tuple.tuple(value, type));
  }

  @Test
  void aHeadingNamesTheColumnsInAnyOrder() {
    IndicatorSet set =
        read(
            "value,type,severity,technique,expires,description\n"
                + "\"a,b.exe\",filename,high,T1055,2020-01-01,\"says \"\"hello\"\"\"\n"
                + "x.exe,filename,low,,2030-01-01,\n"
                + "y,nonsense,,,,\n");
    assertThat(set.indicators())
        .extracting(Indicator::value, Indicator::severity, Indicator::expired)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a,b.exe", "high", true),
            org.assertj.core.groups.Tuple.tuple("x.exe", "low", false));
    assertThat(set.indicators().get(0).description()).isEqualTo("says \"hello\"");
    assertThat(set.rejected())
        .containsExactly(new Rejected("test:4", "unsupported", "no such type: nonsense"));
  }

  @Test
  void tenMegabytesOfJunkAreNamedLineByLineAndNothingElseIsLost() {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    int junk = 0;
    int good = 0;
    while (text.length() < 10 << 20) {
      if (random.nextInt(10) == 0) {
        text.append("203.0.").append(good / 250 % 250).append('.').append(good % 250).append('\n');
        good++;
      } else {
        text.append('!');
        for (int i = 0; i < 150; i++) {
          text.append((char) (33 + random.nextInt(90)));
        }
        text.append(" junk\n");
        junk++;
      }
    }
    IndicatorSet set = read(text.toString());
    assertThat(set.rejected().size() > junk * 9 / 10).isTrue();
    assertThat(set.rejected().size() + set.indicators().size() + set.duplicates())
        .isEqualTo(junk + good);
  }

  @Test
  void stixPatternsBecomeIndicatorsWithTheirTechniques() {
    IndicatorSet set =
        read(
            """
            {"type": "bundle", "id": "bundle--1", "objects": [
              {"type": "indicator", "id": "indicator--1", "pattern_type": "stix", "name": "C2",
               "pattern": "[ipv4-addr:value = '203.0.113.7' OR domain-name:value IN ('evil.example', 'x.example')]"},
              {"type": "indicator", "id": "indicator--2", "pattern_type": "stix",
               "pattern": "[file:name = 'a.exe' AND file:hashes.'SHA-256' = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'] FOLLOWEDBY [mutex:name LIKE 'evil%'] WITHIN 60 SECONDS"},
              {"type": "indicator", "id": "indicator--3", "pattern_type": "yara", "pattern": "rule a { condition: true }"},
              {"type": "indicator", "id": "indicator--4", "pattern": "[file:name = "},
              {"type": "indicator", "id": "indicator--5", "pattern": "[file:size > 3]", "valid_until": "2020-01-01T00:00:00Z"},
              {"type": "attack-pattern", "id": "attack-pattern--1",
               "external_references": [{"source_name": "mitre-attack", "external_id": "T1071"}]},
              {"type": "relationship", "source_ref": "indicator--1", "target_ref": "attack-pattern--1"}
            ]}""");
    assertThat(set.indicators())
        .extracting(
            indicator -> indicator.type() + " " + indicator.value() + " " + indicator.form())
        .containsExactly(
            "ipv4 203.0.113.7 EXACT",
            "domain evil.example EXACT",
            "domain x.example EXACT",
            "file_name a.exe EXACT",
            "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 EXACT",
            "mutex evil* WILDCARD");
    assertThat(set.indicators().get(0).techniques()).containsExactly("T1071");
    assertThat(set.indicators().get(3).group()).isEqualTo(set.indicators().get(5).group());
    assertThat(set.indicators().get(3).groupSize()).isEqualTo(3);
    assertThat(set.rejected())
        .extracting(Rejected::item, Rejected::status)
        .contains(
            org.assertj.core.groups.Tuple.tuple("test#indicator--3", "unsupported"),
            org.assertj.core.groups.Tuple.tuple("test#indicator--4", "malformed"),
            org.assertj.core.groups.Tuple.tuple("test#indicator--5", "unsupported"),
            org.assertj.core.groups.Tuple.tuple("test#indicator--2", "ignored"));
  }

  @Test
  void mispEventsGiveAttributesOfTheEventAndItsObjects() {
    IndicatorSet set =
        read(
            """
            {"Event": {"info": "campaign", "threat_level_id": "1",
              "Tag": [{"name": "misp-galaxy:mitre-attack-pattern=\\"Process Injection - T1055\\""}],
              "Attribute": [
                {"uuid": "1", "type": "ip-dst", "value": "203.0.113.7", "to_ids": true},
                {"uuid": "2", "type": "ip-dst|port", "value": "203.0.113.8|443", "to_ids": true},
                {"uuid": "3", "type": "comment", "value": "x", "to_ids": false},
                {"uuid": "4", "type": "yara", "value": "rule a {condition: true}", "to_ids": true}],
              "Object": [{"name": "file", "Attribute": [
                {"uuid": "5", "type": "filename|md5", "value": "a.exe|d41d8cd98f00b204e9800998ecf8427e", "to_ids": true}]}]}}""");
    assertThat(set.indicators())
        .extracting(
            indicator -> indicator.type() + " " + indicator.value() + " " + indicator.severity())
        .containsExactly(
            "ipv4 203.0.113.7 high",
            "ip_port 203.0.113.8|443 high",
            "file_name a.exe high",
            "md5 d41d8cd98f00b204e9800998ecf8427e high");
    assertThat(set.indicators().get(0).techniques()).containsExactly("T1055");
    assertThat(set.rejected()).extracting(Rejected::item).containsExactly("test#3", "test#4");
  }

  @Test
  void brokenJsonIsNamedWithItsLine() {
    assertThat(read("{\"type\": \"bundle\",\n \"objects\": [").rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).startsWith("not JSON at line 2"));
    assertThat(read("{}").rejected()).hasSize(1);
    assertThat(read("{\"a\":".repeat(5000)).rejected()).hasSize(1);
  }

  @Test
  void catastrophicExpressionsAreLinearAndWrongOnesNamed() {
    IndicatorSet set = read("cmdline,/(a+)+$/\ncmdline,/(unclosed/\ncmdline,/(?<=a)b/\n");
    assertThat(set.indicators()).hasSize(1);
    assertThat(set.rejected()).extracting(Rejected::item).containsExactly("test:2", "test:3");
    Target text = new Target("t", "c", "c", List.of(), true, List.of(IndicatorType.COMMAND_LINE));
    String hostile = "a".repeat(100_000) + "!";
    assertThat(new IndicatorMatcher(set.indicators()).match(text, hostile)).isEmpty();
  }

  private static IndicatorSet read(String text) {
    IndicatorSet set = new IndicatorSet();
    IndicatorFiles.read("test", text.getBytes(StandardCharsets.UTF_8), set, NOW);
    return set;
  }
}
