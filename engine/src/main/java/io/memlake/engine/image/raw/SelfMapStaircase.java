package io.memlake.engine.image.raw;

import io.memlake.engine.image.raw.SelfMapScan.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the tables of one boot among all that may be tables, and with them how the part of the
 * address space that the file leaves out grows along the file.
 *
 * <p>The tables of one boot resemble each other in the kernel's half, have their self map at one
 * index, and say that the same or more is missing the later they come. A single table proves
 * nothing: any page of pointers has an entry that could be a self map.
 */
final class SelfMapStaircase {

  /**
   * What one table says.
   *
   * @param offset of the table in the file
   * @param missing bytes of the address space that are not in the file below the table
   */
  record Step(long offset, long missing) {}

  /** Kernels whose tables are compared; older boots leave a few. */
  private static final int MAX_KERNELS = 8;

  private SelfMapStaircase() {}

  /** The longest staircase of at least two tables, in rising order; empty when there is none. */
  static List<Step> of(List<Table> tables) {
    List<Step> best = List.of();
    for (Table kernel : kernels(tables)) {
      Map<Integer, List<Step>> byIndex = new TreeMap<>();
      for (Table table : tables) {
        if (table.resembles(kernel)) {
          for (int index : table.indexes()) {
            byIndex
                .computeIfAbsent(index, i -> new ArrayList<>())
                .add(new Step(table.offset(), table.missing(index)));
          }
        }
      }
      for (List<Step> steps : byIndex.values()) {
        List<Step> rising = longestRising(steps);
        if (rising.size() > Math.max(1, best.size())) {
          best = rising;
        }
      }
    }
    return best;
  }

  /** One table for each kernel, those with most tables first. */
  private static List<Table> kernels(List<Table> tables) {
    Map<Long, Integer> counts = new HashMap<>();
    Map<Long, Table> first = new HashMap<>();
    for (Table table : tables) {
      counts.merge(table.mark(), 1, Integer::sum);
      first.putIfAbsent(table.mark(), table);
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .sorted(
            Map.Entry.<Long, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAX_KERNELS)
        .map(entry -> first.get(entry.getKey()))
        .toList();
  }

  /** The longest part of the steps in which nothing falls; offsets rise already. */
  private static List<Step> longestRising(List<Step> steps) {
    int[] tails = new int[steps.size()];
    int[] before = new int[steps.size()];
    int length = 0;
    for (int i = 0; i < steps.size(); i++) {
      long missing = steps.get(i).missing();
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (steps.get(tails[middle]).missing() <= missing) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : tails[low - 1];
      tails[low] = i;
      length = Math.max(length, low + 1);
    }
    Step[] found = new Step[length];
    int at = length == 0 ? -1 : tails[length - 1];
    for (int i = length - 1; i >= 0; i--) {
      found[i] = steps.get(at);
      at = before[at];
    }
    return Arrays.asList(found);
  }
}
