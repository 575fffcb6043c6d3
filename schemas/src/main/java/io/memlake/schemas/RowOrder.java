package io.memlake.schemas;

import java.util.Comparator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Compares rows of one table by some of its columns. */
final class RowOrder {
  private RowOrder() {}

  static Comparator<IndexedRecord> by(Schema schema, List<String> columns) {
    int[] positions = columns.stream().mapToInt(name -> schema.getField(name).pos()).toArray();
    return (left, right) -> {
      for (int position : positions) {
        int order = compare(left.get(position), right.get(position));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  private static int compare(Object left, Object right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    if (left instanceof String text) {
      return compareCodePoints(text, (String) right);
    }
    return compareValues(left, right);
  }

  /** {@link String#compareTo} orders by UTF-16 unit; SQL engines order by UTF-8 byte. */
  private static int compareCodePoints(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // Surrogates stand for code points above all other units, though some units are larger.
        boolean surrogates = Character.isSurrogate(a) == Character.isSurrogate(b);
        return surrogates
            ? a - b
            : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
      }
    }
    return left.length() - right.length();
  }

  @SuppressWarnings("unchecked") // both are values of one column, hence of one type
  private static int compareValues(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }
}
