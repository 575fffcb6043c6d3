package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairSortTest {

  @Test
  void pairsAreSortedAsTheLibrarySortsThem() {
    Random random = new Random(1);
    for (int round = 0; round < 400; round++) {
      int size = random.nextInt(400);
      int range = 1 + random.nextInt(round + 1);
      check(size, i -> random.nextInt(range), i -> random.nextInt(range));
    }
  }

  @Test
  void ordersThatMisleadAQuicksortEndSoon() {
    int size = 200_000;
    check(size, i -> i, i -> 0);
    check(size, i -> size - i, i -> 0);
    check(size, i -> 7, i -> 7);
    check(size, i -> i % 2, i -> -i);
    check(size, i -> Math.min(i, size - i), i -> i);
    check(size, i -> (i & 1) == 0 ? i : size - i, i -> 0);
  }

  private static void check(
      int size,
      java.util.function.IntToLongFunction key,
      java.util.function.IntToLongFunction value) {
    long[] keys = new long[size];
    long[] values = new long[size];
    long[][] pairs = new long[size][];
    for (int i = 0; i < size; i++) {
      keys[i] = key.applyAsLong(i);
      values[i] = value.applyAsLong(i);
      pairs[i] = new long[] {keys[i], values[i]};
    }
    Arrays.sort(
        pairs,
        Comparator.comparingLong((long[] pair) -> pair[0]).thenComparingLong(pair -> pair[1]));
    PairSort.sort(keys, values, size);
    for (int i = 0; i < size; i++) {
      assertThat(keys[i] == pairs[i][0] && values[i] == pairs[i][1]).isTrue();
    }
  }
}
