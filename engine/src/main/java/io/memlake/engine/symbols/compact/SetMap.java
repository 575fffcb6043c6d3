package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.CorruptSymbolsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Which layout each name has in each set. A set is the content of one or more builds; the sets lie
 * in the order of the builds, so a name keeps its layout over long runs of them.
 */
final class SetMap {
  private final int[] nameOf;
  private final int[] firstRun;
  private final int[] runEnd;
  private final int[] runTarget;

  private SetMap(int[] nameOf, int[] firstRun, int[] runEnd, int[] runTarget) {
    this.nameOf = nameOf;
    this.firstRun = firstRun;
    this.runEnd = runEnd;
    this.runTarget = runTarget;
  }

  /** {@code targetsOfSets} holds for each set the target of each name. */
  static void write(
      CompactOutput out, Map<String, Integer> names, List<Map<String, Integer>> targetsOfSets) {
    TreeSet<String> used = new TreeSet<>();
    targetsOfSets.forEach(targets -> used.addAll(targets.keySet()));
    CompactOutput runs = new CompactOutput();
    int runCount = 0;
    int previousName = -1;
    int previousTarget = -1;
    for (String name : used) {
      int index = names.get(name);
      runs.signed(index - previousName);
      previousName = index;
      int set = 0;
      while (set < targetsOfSets.size()) {
        Integer target = targetsOfSets.get(set).get(name);
        int end = set + 1;
        while (end < targetsOfSets.size()
            && Objects.equals(target, targetsOfSets.get(end).get(name))) {
          end++;
        }
        runs.number(end - set);
        if (target == null) {
          runs.number(0);
        } else {
          long distance = (long) target - previousTarget;
          runs.number(1 + ((distance << 1) ^ (distance >> 63)));
          previousTarget = target;
        }
        runCount++;
        set = end;
      }
    }
    out.number(used.size());
    out.number(runCount);
    out.bytes(runs.toByteArray());
  }

  static SetMap read(CompactInput in, int names, int targets, int sets)
      throws CorruptSymbolsException {
    int[] nameOf = new int[in.countOfFollowing()];
    int[] firstRun = new int[nameOf.length + 1];
    int runCount = in.countOfFollowing();
    int[] runEnd = new int[runCount];
    int[] runTarget = new int[runCount];
    int run = 0;
    int name = -1;
    int target = -1;
    for (int i = 0; i < nameOf.length; i++) {
      name = in.index(name, names);
      nameOf[i] = name;
      int end = 0;
      while (end < sets) {
        if (run == runCount) {
          throw in.corrupt("it has more runs than it says");
        }
        int length = in.count(sets - end);
        if (length == 0) {
          throw in.corrupt("a run is empty");
        }
        end += length;
        runEnd[run] = end;
        long coded = in.number();
        if (coded == 0) {
          runTarget[run] = -1;
        } else {
          long distance = ((coded - 1) >>> 1) ^ -((coded - 1) & 1);
          long sum = target + distance;
          if (sum < 0 || sum >= targets) {
            throw in.corrupt("a run points outside the layouts");
          }
          target = (int) sum;
          runTarget[run] = target;
        }
        run++;
      }
      firstRun[i + 1] = run;
    }
    return new SetMap(nameOf, firstRun, runEnd, runTarget);
  }

  Map<String, Integer> of(int set, String[] names) {
    Map<String, Integer> found = new HashMap<>(nameOf.length);
    for (int i = 0; i < nameOf.length; i++) {
      int run = firstRun[i];
      while (run < firstRun[i + 1] && runEnd[run] <= set) {
        run++;
      }
      if (run < firstRun[i + 1] && runTarget[run] >= 0) {
        found.put(names[nameOf[i]], runTarget[run]);
      }
    }
    return found;
  }
}
