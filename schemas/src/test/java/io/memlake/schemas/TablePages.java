package io.memlake.schemas;

import io.memlake.schemas.view.View;
import io.memlake.schemas.view.ViewColumn;
import io.memlake.schemas.view.Views;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Renders the pages under {@code docs/tables} from the schemas and views. */
final class TablePages {
  private static final String GENERATED =
      "<!-- Generated from schemas/src/main/avro and schemas/src/main/resources/views. Do not edit. -->\n\n";

  private TablePages() {}

  /** All pages: file name to text. */
  static Map<String, String> all() {
    Map<String, String> pages = new TreeMap<>();
    pages.put("README.md", index());
    for (Table table : Tables.all()) {
      pages.put(table.name() + ".md", page(table));
    }
    return pages;
  }

  private static String index() {
    StringBuilder text = new StringBuilder(GENERATED);
    text.append("# Tables\n\n")
        .append("Times are UTC, to the microsecond. Addresses and hashes are signed 64-bit numbers")
        .append(" that print as\nunsigned hex digits (`bigint, hex`). Rows come in the order that")
        .append(" each page names, nulls first.\n\n")
        .append("| Table | Per | One row is | Views |\n|---|---|---|---|\n");
    for (Table table : Tables.all()) {
      text.append(
          row(
              "[" + table.name() + "](" + table.name() + ".md)",
              table.level().toString(),
              escape(table.doc()),
              Views.using(table.name()).stream()
                  .map(view -> "[" + view.name() + "](#" + view.name() + ")")
                  .collect(Collectors.joining(", "))));
    }
    text.append("\n## Common columns\n\nEvery table begins with these.\n\n");
    columns(text, common());
    text.append("\n## Views\n\n")
        .append("The same rows under the column names of other tools, after `case_id` and `host`.")
        .append(" Names with other\ncharacters than letters are quoted as the engine asks:")
        .append(" backquotes in Spark, double quotes in DuckDB and Trino.\n");
    for (View view : Views.all()) {
      text.append("\n### ").append(view.name()).append("\n\n").append(escape(view.doc()));
      text.append("\n\nReads ").append(links(view.tables())).append(".\n\n");
      text.append("| Column | Is |\n|---|---|\n");
      for (ViewColumn column : view.columns()) {
        String hex = column.hex() ? " (hex)" : "";
        text.append(row(code(column.name()), code(column.expression()) + hex));
      }
    }
    return text.toString();
  }

  private static String page(Table table) {
    StringBuilder text = new StringBuilder(GENERATED);
    text.append("# ").append(table.name()).append("\n\n").append(escape(table.doc()));
    String folders =
        table.partitionColumns().stream().map(c -> c + "=…/").collect(Collectors.joining());
    text.append("\n\n- In a lake: `").append(table.name()).append('/').append(folders);
    text.append("part-….parquet`\n- Order of rows: ").append(codes(table.sort()));
    text.append("\n- Row type: `").append(table.avro().getFullName());
    text.append("`, from `schemas/src/main/avro/").append(table.name()).append(".avsc`\n");
    text.append("\n## Columns\n\nAfter the [common columns](README.md#common-columns)");
    List<Column> common = common();
    List<Column> own = table.columns().stream().filter(c -> !common.contains(c)).toList();
    boolean differs = own.stream().anyMatch(c -> common.stream().anyMatch(sameName(c)));
    text.append(differs ? ", of which this table has some in its own way:\n\n" : ":\n\n");
    columns(text, own);
    text.append("\n## Example\n\n```sql\n").append(table.example()).append("\n```\n");
    List<View> views = Views.using(table.name());
    if (!views.isEmpty()) {
      text.append("\n## Views that read it\n\n");
      for (View view : views) {
        text.append("- [").append(view.name()).append("](README.md#").append(view.name());
        text.append("): ").append(escape(view.doc())).append('\n');
      }
    }
    return text.toString();
  }

  private static void columns(StringBuilder text, List<Column> columns) {
    text.append("| Column | Type | Meaning | Null when |\n|---|---|---|---|\n");
    for (Column column : columns) {
      text.append(
          row(
              code(column.name()),
              escape(column.type().sql()) + (column.hex() ? ", hex" : ""),
              escape(column.doc()),
              column.whenNull().map(TablePages::escape).orElse("never")));
    }
  }

  private static List<Column> common() {
    return Tables.byName("processes").columns().subList(0, 8);
  }

  private static Predicate<Column> sameName(Column column) {
    return other -> other.name().equals(column.name());
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String links(List<String> tables) {
    return tables.stream()
        .map(name -> "[" + name + "](" + name + ".md)")
        .collect(Collectors.joining(", "));
  }

  private static String codes(List<String> names) {
    return names.stream().map(TablePages::code).collect(Collectors.joining(", "));
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*");
  }
}
