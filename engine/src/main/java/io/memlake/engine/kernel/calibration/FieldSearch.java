package io.memlake.engine.kernel.calibration;

import io.memlake.engine.kernel.calibration.FieldRule.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Finds the fields of {@code _EPROCESS}. A field that one offset alone satisfies is fixed at once;
 * fixed fields tell how far their neighbours were moved, which decides between several offsets and
 * places members that no rule knows.
 */
final class FieldSearch {
  private static final String STRUCT = "_EPROCESS";

  /** The scheduler's part of the object ends at most so far in front of the process number. */
  private static final int BEFORE_NUMBER = 0x20;

  private static final int AS_GUESSED = 95;
  private static final int ALONE = 90;
  private static final int BY_NEIGHBOURS = 85;
  private static final int BETWEEN_NEIGHBOURS = 70;
  private static final int EQUAL_VALUES = 60;
  private static final int BEHIND_NEIGHBOUR = 50;

  /** Fields that must have moved alike before one behind them is believed to have, too. */
  private static final int ALIKE = 4;

  /** How far behind the last fixed field others are still believed to have moved with it. */
  private static final int REACH = 0x100;

  private final List<ProcessSample> samples;
  private final Map<String, Integer> guess;
  private final int length;
  private final int first;

  /** Where the guess has fields that are fixed, and where they are. */
  private final TreeMap<Integer, Integer> fixed = new TreeMap<>();

  private final Map<String, List<Integer>> open = new TreeMap<>();
  private final Map<String, CalibratedField> found = new TreeMap<>();

  /**
   * A search.
   *
   * @param guess offsets of all members in the first guess
   * @param uniqueProcessId offset of the process number, by which the executive's own part begins
   */
  FieldSearch(List<ProcessSample> samples, Map<String, Integer> guess, int uniqueProcessId) {
    this.first = uniqueProcessId - BEFORE_NUMBER;
    this.samples = samples;
    this.guess = guess;
    this.length = samples.stream().mapToInt(ProcessSample::length).max().orElse(0);
  }

  /** Says where a field is that was found otherwise. */
  void fix(String field, int offset, int confidence, String reason) {
    found.put(field, new CalibratedField(STRUCT, field, offset, confidence, reason));
    if (guess.containsKey(field)) {
      fixed.put(guess.get(field), offset);
    }
  }

  /** Looks for the field of a rule; empty when several offsets satisfy it as well, or none. */
  OptionalInt search(FieldRule rule) throws IOException {
    List<Integer> best = new ArrayList<>();
    int most = 0;
    int alignment = Math.min(rule.size(), Long.BYTES);
    for (int offset = first; offset + rule.size() <= length; offset += alignment) {
      Score score = rule.score(samples, offset);
      int weight = score.proofs() - score.contradictions();
      if (weight <= 0 || weight < most) {
        continue;
      }
      if (weight > most) {
        most = weight;
        best.clear();
      }
      best.add(offset);
    }
    if (best.size() == 1) {
      boolean guessed = best.get(0).equals(guess.get(rule.field()));
      String reason = most + " processes prove it, and no other offset";
      fix(rule.field(), best.get(0), guessed ? AS_GUESSED : ALONE, reason);
      return OptionalInt.of(best.get(0));
    }
    open.put(rule.field(), best);
    return OptionalInt.empty();
  }

  /** Decides for what several offsets satisfy, now that others are fixed. */
  void decide(FieldRule rule) throws IOException {
    List<Integer> offsets = open.remove(rule.field());
    if (offsets == null) {
      return;
    }
    OptionalInt expected = expected(rule.field(), true);
    if (offsets.isEmpty()) {
      if (expected.isPresent() && !rule.allows(samples, expected.getAsInt())) {
        missing(rule.field(), "no process proves it, and where it should be some contradict");
      } else {
        place(rule.field(), "no process proves it, ", expected);
      }
      return;
    }
    if (expected.isPresent() && offsets.contains(expected.getAsInt())) {
      fix(
          rule.field(),
          expected.getAsInt(),
          BY_NEIGHBOURS,
          "of " + offsets.size() + " possible offsets the one that its neighbours expect");
    } else if (haveEqualValues(offsets, rule.size())) {
      fix(
          rule.field(),
          offsets.get(0),
          EQUAL_VALUES,
          offsets.size() + " offsets hold the same in every process");
    } else {
      missing(rule.field(), offsets.size() + " offsets are possible");
    }
  }

  /** Places a member that no rule knows where its neighbours expect it. */
  void between(String field) {
    // Without a rule nothing would notice that it did not follow.
    place(field, "", expected(field, false));
  }

  private void place(String field, String because, OptionalInt expected) {
    if (expected.isPresent()) {
      boolean last = fixed.ceilingKey(guess.get(field)) == null;
      found.put(
          field,
          new CalibratedField(
              STRUCT,
              field,
              expected.getAsInt(),
              last ? BEHIND_NEIGHBOUR : BETWEEN_NEIGHBOURS,
              because
                  + (last
                      ? "it follows the last field that was found"
                      : "its neighbours on both sides were moved alike")));
    } else {
      missing(field, because + "its neighbours were moved differently");
    }
  }

  private void missing(String field, String reason) {
    found.put(field, new CalibratedField(STRUCT, field, CalibratedField.NOT_FOUND, 0, reason));
  }

  /**
   * Where fixed fields on both sides, moved by the same distance, expect a field; behind the last
   * one, where that expects it.
   *
   * @param mayFollow whether a field behind the last fixed one has a place
   */
  private OptionalInt expected(String field, boolean mayFollow) {
    Integer at = guess.get(field);
    if (at == null) {
      return OptionalInt.empty();
    }
    Map.Entry<Integer, Integer> below = fixed.floorEntry(at);
    Map.Entry<Integer, Integer> above = fixed.ceilingEntry(at);
    if (below == null || (above == null && at - below.getKey() > REACH)) {
      return OptionalInt.empty();
    }
    int distance = below.getValue() - below.getKey();
    if (above == null) {
      return mayFollow && movedAlike(below.getKey(), distance)
          ? OptionalInt.of(at + distance)
          : OptionalInt.empty();
    }
    return distance == above.getValue() - above.getKey()
        ? OptionalInt.of(at + distance)
        : OptionalInt.empty();
  }

  /** Whether the last fields up to one were all moved by the same distance. */
  private boolean movedAlike(int last, int distance) {
    return fixed.headMap(last, true).descendingMap().entrySet().stream()
        .limit(ALIKE)
        .allMatch(field -> field.getValue() - field.getKey() == distance);
  }

  private boolean haveEqualValues(List<Integer> offsets, int size) {
    for (ProcessSample sample : samples) {
      for (int offset : offsets) {
        if (!sample.has(offset, size) || !isEqual(sample, offsets.get(0), offset, size)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isEqual(ProcessSample sample, int one, int other, int size) {
    return size == Integer.BYTES
        ? sample.u32(one) == sample.u32(other)
        : sample.i64(one) == sample.i64(other);
  }

  /** Everything that was looked for. */
  Map<String, CalibratedField> found() {
    return found;
  }
}
