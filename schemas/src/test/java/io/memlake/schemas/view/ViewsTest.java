package io.memlake.schemas.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.schemas.Column;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Pattern WORD = Pattern.compile("'[^']*'|[a-z_][a-z0-9_]*");

  /** Words of SQL that every engine has. */
  private static final Set<String> SQL =
      Set.of(
          "from",
          "where",
          "and",
          "not",
          "or",
          "is",
          "null",
          "as",
          "case",
          "when",
          "then",
          "else",
          "end",
          "in",
          "like",
          "cast",
          "coalesce",
          "concat",
          "lower",
          "upper",
          "replace",
          "bigint",
          "join",
          "left",
          "on",
          "true",
          "false");

  private static final List<String> PROCESS_COLUMNS =
      List.of(
          "PID",
          "PPID",
          "ImageFileName",
          "Offset(V)",
          "Threads",
          "Handles",
          "SessionId",
          "Wow64",
          "CreateTime",
          "ExitTime",
          "File output");

  private static final List<String> DRIVER_COLUMNS =
      List.of("Offset", "Base", "Size", "Name", "Path", "File output");

  private static final List<String> THREAD_COLUMNS =
      List.of("Offset", "PID", "TID", "StartAddress", "CreateTime", "ExitTime");

  /** Column names that the plugins of Volatility 3 print. */
  private static final Map<String, List<String>> VOLATILITY =
      Map.of(
          "vol_pslist", PROCESS_COLUMNS,
          "vol_psscan", PROCESS_COLUMNS,
          "vol_psxview",
              List.of(
                  "Offset(Virtual)",
                  "Name",
                  "PID",
                  "pslist",
                  "psscan",
                  "thrdscan",
                  "csrss",
                  "Exit Time"),
          "vol_cmdline", List.of("PID", "Process", "Args"),
          "vol_dlllist",
              List.of("PID", "Process", "Base", "Size", "Name", "Path", "LoadTime", "File output"),
          "vol_modules", DRIVER_COLUMNS,
          "vol_modscan", DRIVER_COLUMNS,
          "vol_threads", THREAD_COLUMNS,
          "vol_thrdscan", THREAD_COLUMNS);

  @Test
  void everyViewFileIsRegistered() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/views"))) {
      assertThat(Views.all())
          .extracting(view -> view.name() + ".sql")
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void viewsCarryTheColumnNamesOfVolatilityAfterCaseAndHost() {
    VOLATILITY.forEach(
        (name, columns) -> {
          List<String> names = Views.byName(name).columns().stream().map(ViewColumn::name).toList();
          assertThat(names.subList(0, 2)).as(name).containsExactly("case_id", "host");
          assertThat(names.subList(2, names.size())).as(name).isEqualTo(columns);
        });
  }

  @Test
  void viewsReadOnlyTablesAndColumnsThatExist() {
    for (View view : Views.all()) {
      Set<String> known = new HashSet<>(SQL);
      known.addAll(
          Set.of(
              "coalesce",
              "concat",
              "chr",
              "split_part",
              "case",
              "when",
              "then",
              "else",
              "end",
              "sum",
              "count",
              "distinct",
              "group",
              "by",
              "upper"));
      known.addAll(Set.of("select", "max", "lower", "union", "all", "left", "substr", "length"));
      // Names that the view itself gives to what it selects from.
      Pattern.compile("\\bas (\\w+)")
          .matcher(view.from().toLowerCase(Locale.ROOT))
          .results()
          .forEach(given -> known.add(given.group(1)));
      for (String table : view.tables()) {
        known.add(table);
        Tables.byName(table).columns().forEach(column -> known.add(column.name()));
      }
      for (ViewColumn column : view.columns()) {
        assertThat(words(column.expression().toLowerCase(Locale.ROOT)))
            .as(view.name())
            .isSubsetOf(known);
      }
      assertThat(words(view.from().toLowerCase(Locale.ROOT)))
          .as(view.name())
          .isSubsetOf(known)
          .containsAll(view.tables());
    }
  }

  @Test
  void addressesStayHexInViews() {
    for (View view : Views.all()) {
      for (ViewColumn column : view.columns()) {
        for (String table : view.tables()) {
          if (Tables.byName(table).column(column.expression()).map(Column::hex).orElse(false)) {
            assertThat(column.hex()).as(view.name() + "." + column.name()).isTrue();
          }
        }
      }
    }
  }

  @Test
  void eachDialectQuotesNamesInItsOwnWay() {
    View view = Views.byName("vol_cmdline");

    assertThat(view.select(SqlDialect.DUCKDB))
        .isEqualTo(
            """
            SELECT
              case_id AS "case_id",
              host AS "host",
              pid AS "PID",
              image_file_name AS "Process",
              command_line AS "Args"
            FROM processes
            WHERE in_pslist""");
    assertThat(view.select(SqlDialect.TRINO)).isEqualTo(view.select(SqlDialect.DUCKDB));
    assertThat(view.create(SqlDialect.SPARK))
        .isEqualTo(
            """
            CREATE OR REPLACE TEMPORARY VIEW vol_cmdline AS
            SELECT
              case_id AS `case_id`,
              host AS `host`,
              pid AS `PID`,
              image_file_name AS `Process`,
              command_line AS `Args`
            FROM processes
            WHERE in_pslist""");
    assertThat(view.create(SqlDialect.DUCKDB))
        .startsWith("CREATE OR REPLACE VIEW vol_cmdline AS\nSELECT\n");
  }

  @Test
  void wordsOfAnEngineAreQuotedWhereTheyAreColumns() {
    View view = Views.byName("vol_vadinfo");

    assertThat(view.select(SqlDialect.SPARK)).contains("  `end` AS `End VPN`");
    assertThat(view.select(SqlDialect.TRINO)).contains("  \"end\" AS \"End VPN\"");
  }

  @Test
  void aQuoteInsideANameIsDoubled() {
    assertThat(SqlDialect.SPARK.quoted("a`b\"c")).isEqualTo("`a``b\"c`");
    assertThat(SqlDialect.DUCKDB.quoted("a`b\"c")).isEqualTo("\"a`b\"\"c\"");
  }

  @Test
  void viewsAreFoundByTable() {
    assertThat(Views.using("modules")).extracting(View::name).contains("vol_dlllist");
    assertThat(Views.using("runs")).isEmpty();
  }

  @Test
  void anUnknownViewNamesThoseThereAre() {
    assertThat(Views.find("pslist")).isEmpty();
    assertThatThrownBy(() -> Views.byName("pslist"))
        .hasMessageStartingWith("No view \"pslist\"; there are: vol_pslist vol_psscan ");
  }

  private static List<String> words(String sql) {
    return WORD.matcher(sql)
        .results()
        .map(result -> result.group())
        .filter(word -> !word.startsWith("'"))
        .toList();
  }
}
