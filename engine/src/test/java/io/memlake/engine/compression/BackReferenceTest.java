package io.memlake.engine.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackReferenceTest {
  private static final int BEFORE = 64;
  private static final int LONGEST = 100;

  @Test
  void copiesOfEveryDistanceAndLengthRepeatTheirBytes() {
    byte[] before = new byte[BEFORE + LONGEST + BackReference.SLACK];
    new Random(8).nextBytes(before);
    for (int distance = 1; distance <= BEFORE; distance++) {
      for (int length = 1; length <= LONGEST; length++) {
        byte[] expected = before.clone();
        for (int i = BEFORE; i < BEFORE + length; i++) {
          expected[i] = expected[i - distance];
        }
        byte[] exact = before.clone();
        BackReference.copy(exact, BEFORE, distance, length);
        assertThat(exact).as("distance %d, length %d", distance, length).isEqualTo(expected);

        byte[] slack = before.clone();
        BackReference.copyWithSlack(slack, BEFORE, distance, length);
        int end = BEFORE + length;
        assertThat(Arrays.copyOf(slack, end))
            .as("distance %d, length %d", distance, length)
            .isEqualTo(Arrays.copyOf(expected, end));
        // What it may overwrite ends with the slack.
        assertThat(Arrays.copyOfRange(slack, end + BackReference.SLACK, slack.length))
            .isEqualTo(Arrays.copyOfRange(before, end + BackReference.SLACK, before.length));
      }
    }
  }
}
