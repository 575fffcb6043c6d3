package io.memlake.jobs.hunt.yara.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the search against one that tries every literal at every place. */
class LiteralIndexTest {
  private static final byte[] ALPHABET = {'a', 'A', 'b', 'B', '@', '`', 0, 1};

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 12})
  void whatIsFoundIsWhatATrialOfEveryPlaceFinds(int shortest) {
    Random random = new Random(shortest);
    for (int count : new int[] {1, 40, 800}) {
      List<Literal> literals = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        literals.add(
            new Literal(bytes(random, shortest + (i == 0 ? 0 : random.nextInt(9))), i % 2 == 0));
      }
      LiteralIndex index = new LiteralIndex(literals, IntStream.range(0, count).toArray());
      int foundAtAll = 0;
      for (int round = 0; round < 8; round++) {
        byte[] text = bytes(random, 1200);
        int from = random.nextInt(20);
        int to = text.length - random.nextInt(20);
        byte[] planted = literals.get(random.nextInt(count)).bytes();
        int at = from + random.nextInt(to - from - planted.length + 1);
        System.arraycopy(planted, 0, text, at, planted.length);
        BitSet found = new BitSet();
        index.find(text, from, to, found);
        for (int i = 0; i < count; i++) {
          if (isInside(literals.get(i), text, from, to, 0)) {
            assertThat(found.get(i)).as("literal %d of %d", i, count).isTrue();
            foundAtAll++;
          } else if (found.get(i)) {
            int beyond = literals.get(i).bytes().length - 4;
            assertThat(isInside(literals.get(i), text, from, to, beyond)).as("%d", i).isTrue();
          }
        }
      }
      assertThat(foundAtAll).isGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void noLiteralsAndNoTextFindNothing() {
    BitSet found = new BitSet();
    new LiteralIndex(List.of(), new int[0]).find(new byte[4096], 0, 4096, found);
    LiteralIndex index =
        new LiteralIndex(List.of(new Literal(new byte[] {1, 2, 3, 4}, false)), new int[] {0});
    index.find(new byte[] {1, 2, 3, 4}, 0, 3, found);
    assertThat(found.isEmpty()).isTrue();
    index.find(new byte[] {1, 2, 3, 4}, 0, 4, found);
    assertThat(found.get(0)).isTrue();
  }

  /** Whether the literal is there, with at most {@code beyond} bytes over an end of the text. */
  private static boolean isInside(Literal literal, byte[] text, int from, int to, int beyond) {
    int length = literal.bytes().length;
    for (int at = from - beyond; at + length <= to + beyond; at++) {
      boolean equal = true;
      for (int i = Math.max(0, from - at); equal && i < length && at + i < to; i++) {
        equal = isSame(literal.bytes()[i], text[at + i], literal.ignoreCase());
      }
      if (equal) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(byte a, byte b, boolean ignoreCase) {
    return a == b || (ignoreCase && Character.toLowerCase(a) == Character.toLowerCase(b));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
    }
    return bytes;
  }
}
