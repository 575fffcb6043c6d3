package io.memlake.schemas.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Collects what is missing in one row, for its column {@code gaps}. The first reason given for a
 * column stays: it is nearest to the cause.
 */
public final class Gaps {
  private final Map<String, Absence> reasons = new TreeMap<>();

  /** Nothing missing yet. */
  public Gaps() {}

  /** Says that a column has no value and why. */
  public void add(String column, Absence reason) {
    reasons.putIfAbsent(column, reason);
  }

  /** Whether nothing is missing. */
  public boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** Whether this is why a column has no value. */
  public boolean has(String column, Absence reason) {
    return reasons.get(column) == reason;
  }

  /** The value of the column {@code gaps}: sorted by column, null when nothing is missing. */
  public List<String> toColumn() {
    if (reasons.isEmpty()) {
      return null;
    }
    return reasons.entrySet().stream()
        .map(gap -> gap.getKey() + ":" + gap.getValue().text())
        .toList();
  }

  /**
   * Sets the column {@code gaps} of a row.
   *
   * @throws IllegalArgumentException when a gap names no column of the row, or one that has a value
   */
  public void into(IndexedRecord row) {
    Schema schema = row.getSchema();
    for (String column : reasons.keySet()) {
      Schema.Field field = schema.getField(column);
      if (field == null) {
        throw new IllegalArgumentException(schema.getFullName() + " has no column " + column);
      }
      if (row.get(field.pos()) != null) {
        throw new IllegalArgumentException(
            schema.getFullName() + " has a value in " + column + " and a gap for it");
      }
    }
    row.put(schema.getField("gaps").pos(), toColumn());
  }
}
