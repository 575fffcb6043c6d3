package io.memlake.schemas.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewReaderTest {
  private static final String GOOD =
      """
      -- Rows of a.
      -- And more.
      -- tables: a b
      SELECT
        coalesce(x, 'AS "') AS "X Y",
        y AS "Offset(V)" -- hex
      FROM a
      WHERE x > 0
      """;

  @Test
  void readsDocTablesColumnsAndTheRest() {
    String text = GOOD.replace("'AS \"'", "0");

    View view = ViewReader.read("v", text);

    assertThat(view.doc()).isEqualTo("Rows of a. And more.");
    assertThat(view.tables()).containsExactly("a", "b");
    assertThat(view.columns())
        .containsExactly(
            new ViewColumn("X Y", "coalesce(x, 0)", false), new ViewColumn("Offset(V)", "y", true));
    assertThat(view.from()).isEqualTo("FROM a\nWHERE x > 0");
  }

  @Test
  void windowsLineEndsReadTheSame() {
    String text = GOOD.replace("'AS \"'", "0");

    assertThat(ViewReader.read("v", text.replace("\n", "\r\n")))
        .isEqualTo(ViewReader.read("v", text));
  }

  @Test
  void aQuotedNameInsideAnExpressionIsRefused() {
    assertThatThrownBy(() -> ViewReader.read("v", GOOD))
        .hasMessageStartingWith("View v, line 5: expected: expression AS \"Name\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | View v, line 1: expected a comment that says what the view shows, found ""
          '-- d'                                  | View v, line 2: expected -- tables:, found ""
          '-- d;-- tables:'                       | View v, line 2: expected names of tables, found "-- tables:"
          '-- d;-- tables: a;FROM a'              | View v, line 3: expected SELECT, found "FROM a"
          '-- d;-- tables: a;SELECT;  x AS y'     | View v, line 4: expected: expression AS "Name", found "  x AS y"
          '-- d;-- tables: a;SELECT;  x AS "y",'  | View v, line 5: expected: expression AS "Name", found ""
          '-- d;-- tables: a;SELECT;  x AS "y"'   | View v, line 5: expected FROM, found ""
          '-- d;-- tables: a;SELECT;  x AS "y";FROM "a"' | View v, line 5: quoted names and semicolons have no place after FROM, found "FROM "a""
          """)
  void brokenFilesNameViewAndLine(String lines, String message) {
    assertThatThrownBy(() -> ViewReader.read("v", lines.replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
