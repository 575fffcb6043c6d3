package io.memlake.engine.objects.database;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of a table, columns by number.
 *
 * @param rowId its number, which also stands for a primary key of integers; 0 when it was
 *     overwritten
 * @param values each null, {@link Long}, {@link Double}, {@link String} or {@code byte[]}
 * @param whole whether all of the row was there
 * @param deleted whether it was found in free space
 */
public record DatabaseRow(long rowId, List<Object> values, boolean whole, boolean deleted) {

  /** The same row, found in free space. */
  DatabaseRow asDeleted() {
    return new DatabaseRow(rowId, values, whole, true);
  }

  /** How many columns it has. */
  public int columns() {
    return values.size();
  }

  /** The text of a column; empty when it is none. */
  public Optional<String> text(int column) {
    return column < values.size() && values.get(column) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The number of a column; empty when it is none. */
  public OptionalLong number(int column) {
    return column < values.size() && values.get(column) instanceof Long number
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  /** Whether a column is null, as the column of the row's number is. */
  public boolean isNull(int column) {
    return column < values.size() && values.get(column) == null;
  }
}
