package io.memlake.jobs.hunt.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AhoCorasickTest {

  @Test
  void findsExactlyWhatTryingEveryPatternFinds() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<byte[]> patterns = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        patterns.add(word(random, 1 + random.nextInt(6)));
      }
      byte[] text = word(random, 300);
      AhoCorasick search = new AhoCorasick(patterns);
      TreeSet<String> found = new TreeSet<>();
      search.search(text, 0, text.length, (pattern, end) -> found.add(pattern + "@" + end));
      assertThat(found).isEqualTo(naive(patterns, text));
    }
  }

  @Test
  void anyCutOfTheTextGivesTheSameHits() {
    Random random = new Random(8);
    List<byte[]> patterns = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      patterns.add(word(random, 4 + random.nextInt(9)));
    }
    byte[] text = word(random, 5_000);
    AhoCorasick search = new AhoCorasick(patterns);
    TreeSet<String> whole = new TreeSet<>();
    search.search(text, 0, text.length, (pattern, end) -> whole.add(pattern + "@" + end));
    TreeSet<String> cut = new TreeSet<>();
    int state = search.start();
    for (int at = 0; at < text.length; ) {
      int to = Math.min(text.length, at + 1 + random.nextInt(50));
      state = search.search(state, text, at, to, (p, end) -> cut.add(p + "@" + end));
      at = to;
    }
    assertThat(cut).isEqualTo(whole).isNotEmpty();
  }

  @Test
  void anEmptyPatternIsRefused() {
    assertThatThrownBy(() -> new AhoCorasick(List.of(new byte[0])))
        .hasMessage("pattern 0 is empty");
  }

  private static byte[] word(Random random, int length) {
    byte[] word = new byte[length];
    for (int i = 0; i < length; i++) {
      word[i] =
          (byte) (random.nextInt(3) == 0 ? 0xF0 + random.nextInt(2) : 'a' + random.nextInt(2));
    }
    return word;
  }

  private static java.util.Set<String> naive(List<byte[]> patterns, byte[] text) {
    TreeSet<String> found = new TreeSet<>();
    for (int p = 0; p < patterns.size(); p++) {
      byte[] pattern = patterns.get(p);
      for (int at = 0; at + pattern.length <= text.length; at++) {
        if (java.util.Arrays.equals(text, at, at + pattern.length, pattern, 0, pattern.length)) {
          found.add(p + "@" + (at + pattern.length));
        }
      }
    }
    return found;
  }
}
