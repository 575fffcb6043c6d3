package io.memlake.jobs.hunt.yara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded engine; its code takes long to make, so one set of rules serves most tests. */
class YaraXTest {
  private static final String RULES =
      """
      import "pe"
      import "math"
      import "hash"
      rule text { meta: description = "plain" severity = "high" strings: $a = "needle" condition: $a }
      rule wide_nocase : t2 t1 { strings: $a = "Needle" wide nocase condition: $a }
      rule full { strings: $a = "word" fullword condition: $a }
      rule xored { strings: $a = "this is secret" xor condition: $a }
      rule encoded { strings: $a = "powershell -enc" base64 condition: $a }
      rule hex { strings: $a = { 4D 5A ?? [2-6] ( 41 | 42 ) 0? } condition: $a }
      rule regex { strings: $a = /x[0-9]{2,4}y(z|w)+/ condition: #a >= 2 and @a[1] < 100000 }
      rule of_them { strings: $a1 = "alpha" $a2 = "beta" $b = "gamma" condition: 2 of ($a*) or all of them }
      rule for_of { strings: $a = "loop" condition: for any i in (1..#a) : ( @a[i] % 4096 == 10 ) }
      private rule hidden { strings: $a = "needle" condition: $a }
      rule uses { condition: hidden and filesize > 10 }
      rule entropy { condition: math.entropy(0, filesize) > 7.5 }
      rule is_pe { condition: pe.is_pe }
      rule head { condition: uint16(0) == 0x5A4D }
      rule hashed { condition: hash.md5(0, 4) == "e2fc714c4727ee9395f324cd2e7f331f" }
      rule never { strings: $a = "not there at all" condition: $a }
      """;

  private static final String BROKEN =
      """
      import "math"
      rule first { strings: $a = "lighthouse" condition: $a }

      rule x { condition: nothing_like_it }
      rule y { condition: first and x }
      rule badly { strings: $a = /(/ condition: $a }
      rule last { condition: first and math.entropy(0, 4) > 0 }
      rule outside { condition: site == "harbour" and level == 3 and lab and first }
      """;

  @TempDir private Path folder;
  private static YaraX engine;

  @BeforeAll
  static void compile() {
    engine =
        new YaraX(
            new YaraSet(
                List.of(
                    new YaraSource("good.yar", RULES),
                    new YaraSource("broken.yar", BROKEN),
                    new YaraSource("unclosed.yar", "rule y { strings: $a = \"")),
                Map.of("site", "harbour", "level", "3", "lab", "true")),
            60_000,
            1_000);
  }

  @Test
  void rulesWithErrorsAreNamedAndTheOthersCount() throws Exception {
    assertThat(engine.rejected())
        .containsOnlyKeys(
            "broken.yar:4 rule x",
            "broken.yar:5 rule y",
            "broken.yar:6 rule badly",
            "unclosed.yar");
    assertThat(engine.rejected().get("broken.yar:4 rule x")).contains("nothing_like_it");
    List<YaraMatch> matches = engine.scan("a needle".getBytes(StandardCharsets.UTF_8));
    assertThat(matches).extracting(YaraMatch::rule).containsExactly("text");
    YaraMatch match = matches.get(0);
    assertThat(match.namespace()).isEqualTo("good.yar");
    assertThat(match.description()).isEqualTo("plain");
    assertThat(match.severity()).isEqualTo("high");
    assertThat(match.strings()).containsExactly(new YaraMatch.Place("$a", 2, 6));
  }

  @Test
  void theOtherRulesOfAFileWithErrorsAndThoseWithExternalVariablesMatch() throws Exception {
    assertThat(engine.scan("the lighthouse".getBytes(StandardCharsets.UTF_8)))
        .extracting(match -> match.namespace() + " " + match.rule())
        .containsExactlyInAnyOrder("broken.yar first", "broken.yar last", "broken.yar outside");
  }

  @Test
  void theSameBytesMatchTheSameRulesAsInYara() throws Exception {
    Path yara = Path.of("/usr/bin/yara");
    assumeThat(yara).as("yara of the distribution is not installed").exists();
    Path rules = folder.resolve("rules.yar");
    Files.writeString(rules, RULES);
    Random random = new Random(5);
    TreeSet<String> seen = new TreeSet<>();
    for (int round = 0; round < 40; round++) {
      byte[] data = sample(random, round);
      Path file = folder.resolve("data" + round);
      Files.write(file, data);
      TreeSet<String> ours = new TreeSet<>();
      for (YaraMatch match : engine.scan(data)) {
        ours.add(match.rule());
        for (YaraMatch.Place place : match.strings()) {
          ours.add(
              match.rule() + " 0x" + Long.toHexString(place.offset()) + " " + place.identifier());
        }
      }
      assertThat(ours).as("round " + round).isEqualTo(oracle(yara, rules, file));
      seen.addAll(ours);
    }
    assertThat(seen)
        .contains(
            "text",
            "wide_nocase",
            "full",
            "xored",
            "encoded",
            "hex",
            "regex",
            "of_them",
            "for_of",
            "uses",
            "entropy",
            "head",
            "hashed");
  }

  @Test
  void scansDoNotRememberEachOther() throws Exception {
    byte[] with = "a needle".getBytes(StandardCharsets.UTF_8);
    byte[] without = "nothing".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 50; i++) {
      assertThat(engine.scan(with)).hasSize(1);
      assertThat(engine.scan(without)).isEmpty();
    }
  }

  @Test
  void aScanThatTakesTooLongEndsWithAReasonAndEnginesDoNotDisturbEachOther() throws Exception {
    String loops =
        "rule s { condition: for all i in (0..filesize) : ( for all j in (0..filesize) : ( i + j >= 0 ) ) }";
    YaraX slow =
        new YaraX(new YaraSet(List.of(new YaraSource("slow.yar", loops)), Map.of()), 5_000, 10);
    assertThat(slow.rejected()).isEmpty();
    assertThat(slow.scan("tiny".getBytes(StandardCharsets.UTF_8))).hasSize(1);
    assertThatThrownBy(() -> slow.scan(new byte[1 << 20]))
        .isInstanceOf(YaraX.ScanFailedException.class)
        .hasMessageContaining("time");
    assertThat(slow.isStopped()).isTrue();
    assertThat(engine.scan("a needle".getBytes(StandardCharsets.UTF_8))).hasSize(1);
  }

  @Test
  void includesStayInTheFolderOfTheRules() throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules/sub"));
    Files.writeString(rules.resolve("a.yar"), "include \"../b.yara\"\nrule a { condition: b }");
    Files.writeString(rules.resolve("../b.yara"), "rule b { condition: true }");
    Files.writeString(rules.resolve("c.yar"), "include \"../../secret\"");
    Files.writeString(folder.resolve("secret"), "x");
    Files.writeString(rules.resolve("d.yar"), "include \"d.yar\"");
    Files.write(rules.resolve("e.yar"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
    YaraFiles files = new YaraFiles();
    files.read(folder.resolve("rules"));
    assertThat(files.sources()).extracting(YaraSource::name).containsExactly("b.yara", "sub/a.yar");
    assertThat(files.sources().get(1).text()).startsWith("rule b { condition: true }");
    assertThat(files.rejected()).containsOnlyKeys("sub/c.yar", "sub/d.yar", "sub/e.yar");
  }

  private static byte[] sample(Random random, int round) {
    byte[] data = new byte[20_000 + random.nextInt(20_000)];
    if (round % 4 == 0) {
      random.nextBytes(data);
    }
    List<byte[]> pieces = new ArrayList<>();
    for (String text :
        List.of(
            "needle",
            "a word here",
            "swordfish",
            "alpha",
            "beta",
            "gamma",
            "loop",
            "x123yzz x77yw")) {
      pieces.add(text.getBytes(StandardCharsets.UTF_8));
    }
    pieces.add("nEEdle".getBytes(StandardCharsets.UTF_16LE));
    pieces.add(
        java.util.Base64.getEncoder()
            .encode("..powershell -enc..".getBytes(StandardCharsets.UTF_8)));
    byte[] secret = "this is secret".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < secret.length; i++) {
      secret[i] ^= (byte) (1 + round);
    }
    pieces.add(secret);
    pieces.add(new byte[] {0x4D, 0x5A, 1, 2, 3, 0x41, 5});
    for (byte[] piece : pieces) {
      if (random.nextBoolean()) {
        System.arraycopy(piece, 0, data, 200 + random.nextInt(15_000), piece.length);
      }
    }
    if (round % 3 == 0) {
      System.arraycopy("loop".getBytes(StandardCharsets.UTF_8), 0, data, 8192 + 10, 4);
    }
    if (round % 5 == 0) {
      data[0] = 'M';
      data[1] = 'Z';
    }
    if (round % 7 == 0) {
      System.arraycopy("abcd".getBytes(StandardCharsets.UTF_8), 0, data, 0, 4);
    }
    return data;
  }

  private static java.util.Set<String> oracle(Path yara, Path rules, Path file)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(yara.toString(), "-w", "-s", rules.toString(), file.toString()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    TreeSet<String> found = new TreeSet<>();
    String rule = "";
    for (String line : out.lines().toList()) {
      if (line.startsWith("0x")) {
        String[] parts = line.split(":", 3);
        found.add(rule + " " + parts[0] + " " + parts[1]);
      } else if (line.endsWith(" " + file)) {
        rule = line.substring(0, line.indexOf(' '));
        found.add(rule);
      }
    }
    return found;
  }
}
