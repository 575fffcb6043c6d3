package io.memlake.jobs.duckdb;

import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of DuckDB as results take them. */
final class DuckDbValue {
  private DuckDbValue() {}

  static List<Object> row(ResultSet rows, int columns) throws SQLException {
    List<Object> values = new ArrayList<>(columns);
    for (int column = 1; column <= columns; column++) {
      values.add(plain(rows.getObject(column)));
    }
    return values;
  }

  private static Object plain(Object value) throws SQLException {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof java.sql.Timestamp time) {
      return time.toLocalDateTime().toInstant(ZoneOffset.UTC);
    }
    // Sums of whole numbers have 128 bits, and fit into 64 almost always.
    if (value instanceof BigInteger number && number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    if (value instanceof Array array) {
      return list((Object[]) array.getArray());
    }
    if (value instanceof Object[] array) {
      return list(array);
    }
    if (value instanceof Blob bytes) {
      return bytes.getBytes(1, (int) bytes.length());
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.put(plain(entry.getKey()), plain(entry.getValue()));
      }
      return entries;
    }
    if (value instanceof Number || value instanceof Boolean || value == null) {
      return value;
    }
    return value.toString();
  }

  private static List<Object> list(Object[] array) throws SQLException {
    List<Object> values = new ArrayList<>(array.length);
    for (Object element : array) {
      values.add(plain(element));
    }
    return values;
  }
}
