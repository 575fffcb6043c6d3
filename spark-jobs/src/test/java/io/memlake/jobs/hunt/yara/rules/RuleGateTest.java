package io.memlake.jobs.hunt.yara.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleGateTest {

  @Test
  void aRuleIsOpenOnlyWhereItsStringsAre() {
    assertOpen("strings: $a = \"needle\" condition: $a", "a needle", "a thread");
    assertOpen("strings: $a = \"Needle\" nocase condition: $a", "NEEDLE", "NEEDL_");
    assertOpen("strings: $a = \"needle\" wide condition: $a", "n\0e\0e\0d\0l\0e\0", "needle");
    assertOpen("strings: $a = \"needle\" wide ascii condition: $a", "n\0e\0e\0d\0l\0e\0", "thread");
    assertOpen("strings: $a = \"secret text\" xor condition: $a", xor("secret text", 77), "secre");
    assertOpen(
        "strings: $a = \"secret\" xor(1-5) condition: $a", xor("secret", 5), xor("secret", 6));
    assertOpen(
        "strings: $a = \"powershell\" base64 condition: $a", "xx cG93ZXJzaGVsbA== ", "powershell");
    assertOpen("strings: $a = \"tab\\t\\x41\\\"q\" condition: $a", "tab\tA\"q", "tab\tA_q");
    assertOpen("strings: $a = { 41 42 [2-4] 43 44 45 46 ?? } condition: $a", "CDEF", "ABCDE");
    assertOpen("strings: $a = { 41 (42 | 43) 45 46 47 48 } condition: $a", "EFGH", "ABEF");
    assertOpen(
        "strings: $a = /https?:\\/\\/[a-z]+\\.example/ condition: $a", ".example", "https://");
    assertOpen("strings: $a = /cats|dogs{2}/i condition: $a", "CATS", "DOG");
    assertOpen("strings: $a = /warm(er)?water/ condition: $a", "water", "warn");
  }

  @Test
  void conditionsTellWhichStringsMustBeThere() {
    String two = "strings: $a = \"alpha_\" $b = \"beta__\" $c = \"gamma_\" condition: ";
    assertOpen(two + "$a and $b", "alpha_ beta__", "alpha_ gamma_");
    assertOpen(two + "$a or $b", "beta__", "gamma_");
    assertOpen(two + "2 of them", "alpha_ gamma_", "gamma_");
    assertOpen(two + "all of them", "alpha_beta__gamma_", "alpha_ beta__");
    assertOpen(two + "any of ($a, $b)", "beta__", "gamma_");
    assertOpen(two + "filesize < 10MB and (#a > 2 or $b at 0)", "alpha_", "gamma_");
    assertOpen(two + "uint16(0) == 0x5A4D and for any of them : ($ in (0..100))", "beta__", "none");
    assertOpen(two + "for 2 of ($a, $b, $c) : ( # > 1 )", "alpha_ gamma_", "xxxxxx");
    assertOpen(two + "for any i in (1..#a) : ( @a[i] < 100 and $b )", "beta__", "alpha_");
    assertOpen(two + "not $a and $c", "gamma_", "alpha_");
    assertOpen(two + "50% of them and $c", "gamma_", "alpha_ beta__");
  }

  @Test
  void rulesThatCanMatchWithoutTheirStringsAreNamed() {
    String two = "strings: $a = \"alpha_\" $b = \"beta__\" condition: ";
    for (String condition :
        List.of(
            "true",
            "filesize < 100",
            "not $a",
            "$a or filesize > 5",
            "none of them",
            "#a == 0",
            "#a < 3",
            "0 of them",
            "for all i in (1..#a) : ( @a[i] < 5 )",
            "pe.is_pe",
            "@a[1] < @b[1]",
            "$a or any of (other*)")) {
      RuleGate gate = gate("rule r { " + two + condition + " }");
      assertThat(gate.ungated()).as(condition).containsExactly("f:r");
    }
    assertThat(gate("rule r { strings: $a = \"abc\" condition: $a }").ungated()).hasSize(1);
    assertThat(gate("rule r { strings: $a = { 00 00 00 00 00 00 00 00 } condition: $a }").ungated())
        .hasSize(1);
    assertThat(gate("rule r { strings: $a = /[a-z]{20}/ condition: $a }").ungated()).hasSize(1);
    assertThat(gate("rule r { strings: $a = /longword|x/ condition: $a }").ungated()).hasSize(1);
  }

  @Test
  void rulesRestOnEarlierRulesOfTheirFile() {
    RuleGate gate =
        gate(
            """
            import "pe" // of "all"
            private rule base { strings: $x = "found it" /* not "this" */ condition: $x }
            rule loose { condition: true }
            rule top { meta: a = "condition: rule z {" strings: $y = "second" condition: base and $y }
            """);
    assertThat(gate.ungated()).containsExactly("f:loose");
    assertThat(isOpen(gate, "found it second")).isTrue();
    assertThat(isOpen(gate, "second")).isFalse();
  }

  @Test
  void costlyStringsAreLeftOutOnlyWhereOthersSuffice() {
    RuleGate gate =
        gate(
            "rule r { strings: $a = \"wxyz\" $b = \"long enough\" $c = \"also long\" condition: all of them }");
    assertThat(gate.strings()).isEqualTo(2);
    assertThat(isOpen(gate, "long enough, also long")).isTrue();
    assertThat(isOpen(gate, "wxyz long enough")).isFalse();
    assertThat(
            gate("rule r { strings: $a = \"wxyz\" $b = \"long enough\" condition: any of them }")
                .strings())
        .isEqualTo(2);
  }

  @Test
  void everyLiteralIsFoundAtEveryPlaceWhateverItsLength() {
    Random random = new Random(7);
    List<Literal> literals = new ArrayList<>();
    for (int length = 4; length < 60; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      literals.add(new Literal(bytes, length % 2 == 0));
    }
    int[] owners = java.util.stream.IntStream.range(0, literals.size()).toArray();
    LiteralIndex index = new LiteralIndex(literals, owners);
    byte[] text = new byte[4096];
    BitSet found = new BitSet();
    for (int number = 0; number < literals.size(); number++) {
      byte[] bytes = literals.get(number).bytes();
      for (int at = 0; at < 9; at++) {
        random.nextBytes(text);
        System.arraycopy(bytes, 0, text, 100 + at, bytes.length);
        found.clear();
        index.find(text, 64, text.length, found);
        assertThat(found.get(number)).as("literal %d at %d", number, at).isTrue();
        text[100 + at + bytes.length - 1] ^= 0x55;
        found.clear();
        index.find(text, 64, text.length, found);
        assertThat(found.get(number)).as("changed %d at %d", number, at).isFalse();
      }
    }
  }

  @Test
  void aLiteralThatRunsOverTheEndIsFoundByItsFirstBytes() {
    RuleGate gate = gate("rule r { strings: $a = \"https://a.long.address\" condition: $a }");
    byte[] text = new byte[4096];
    byte[] start = "https://a.long".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(start, 0, text, text.length - start.length, start.length);
    BitSet found = new BitSet();
    gate.find(text, 0, text.length, found);
    assertThat(gate.isOpen(found)).isTrue();
  }

  @Test
  void brokenTextsEndWithoutAnError() {
    String rule =
        "private rule r : t { meta: a = 1 strings: $a = { 41 42 } $b = /x/i condition: $a }";
    for (int end = 0; end < rule.length(); end++) {
      assertThat(gate(rule.substring(0, end)).gatedRules()).isLessThan(2);
    }
    gate("rule r { strings: $a = \"x\" condition: " + "(".repeat(5_000) + "$a }");
  }

  private static void assertOpen(String body, String open, String shut) {
    RuleGate gate = gate("rule r { " + body + " }");
    assertThat(gate.ungated()).as(body).isEmpty();
    assertThat(isOpen(gate, open)).as(body + " in " + open).isTrue();
    assertThat(isOpen(gate, shut)).as(body + " in " + shut).isFalse();
  }

  private static boolean isOpen(RuleGate gate, String text) {
    byte[] bytes = ("....." + text + ".....").getBytes(StandardCharsets.ISO_8859_1);
    BitSet found = new BitSet();
    gate.find(bytes, 0, bytes.length, found);
    return gate.isOpen(found);
  }

  private static RuleGate gate(String source) {
    return RuleGate.of(Map.of("f", RuleText.file(source)));
  }

  private static String xor(String text, int key) {
    StringBuilder changed = new StringBuilder();
    text.chars().forEach(c -> changed.append((char) (c ^ key)));
    return changed.toString();
  }
}
