package io.memlake.engine.artifacts;

import io.memlake.schemas.view.View;
import io.memlake.schemas.view.ViewColumn;
import io.memlake.schemas.view.Views;
import io.memlake.testdata.golden.GoldenTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Compares rows, seen through a view, with what Volatility 3 printed for the same image. Columns of
 * the view that are plain columns of the table are taken from the rows; for the others the test
 * says how they are made.
 */
final class VolatilityGolden<R extends SpecificRecordBase> {
  private static final Path FOLDER = Path.of("../testdata/src/test/resources/golden/volatility3");

  private static final long LOW_48_BITS = 0xFFFF_FFFF_FFFFL;

  private final View view;
  private final Map<String, Function<R, Object>> made = new LinkedHashMap<>();

  private final Set<String> left = new HashSet<>();

  private VolatilityGolden(View view) {
    this.view = view;
  }

  /** The comparison of a view. */
  static <R extends SpecificRecordBase> VolatilityGolden<R> of(String view) {
    return new VolatilityGolden<>(Views.byName(view));
  }

  /** Says how a column is made, or what the other reader does to it. */
  VolatilityGolden<R> with(String column, Function<R, Object> value) {
    made.put(column, value);
    return this;
  }

  /** Leaves a column out of the comparison. */
  VolatilityGolden<R> without(String column) {
    left.add(column);
    return this;
  }

  /** The low bits of an address, which is what the other reader shows. */
  static Long low48(Long address) {
    return address == null ? null : address & LOW_48_BITS;
  }

  /** The golden rows of a plugin. */
  static GoldenTable golden(int build, String plugin) throws IOException {
    return GoldenTable.readJsonLines(FOLDER.resolve(build + "/" + plugin + ".jsonl"));
  }

  /** The rows as the view shows them; times without what is below a second. */
  GoldenTable table(List<R> rows) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (R row : rows) {
      Map<String, Object> line = new LinkedHashMap<>();
      for (ViewColumn column : view.columns().subList(2, view.columns().size())) {
        if (!left.contains(column.name())) {
          line.put(column.name(), value(row, column));
        }
      }
      shown.add(line);
    }
    return GoldenTable.of(shown);
  }

  private Object value(R row, ViewColumn column) {
    Function<R, Object> maker = made.get(column.name());
    if (maker != null) {
      return maker.apply(row);
    }
    String expression = column.expression();
    if (expression.startsWith("'")) {
      return expression.substring(1, expression.length() - 1);
    }
    Schema.Field field = row.getSchema().getField(expression.replace("`", ""));
    if (field == null) {
      throw new AssertionError(view.name() + "." + column.name() + " is no plain column");
    }
    Object value = row.get(field.pos());
    return value instanceof Instant time
        ? time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00")
        : value;
  }

  /** Compares with the golden rows of a plugin, in the columns of the view. */
  void check(List<R> rows, GoldenTable golden) {
    GoldenTable actual = table(rows);
    String[] columns =
        view.columns().subList(2, view.columns().size()).stream()
            .map(ViewColumn::name)
            .filter(name -> !left.contains(name))
            .toArray(String[]::new);
    actual.select(columns).check(golden.select(columns));
  }
}
