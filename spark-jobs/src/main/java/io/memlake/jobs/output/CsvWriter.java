package io.memlake.jobs.output;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** CSV as RFC 4180 has it: commas, CRLF, quotes where needed and doubled inside. */
final class CsvWriter implements ResultWriter {
  private static final String LINE_END = "\r\n";

  /** With these a spreadsheet takes a text for a formula. */
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final PrintStream out;
  private final boolean guardFormulas;

  CsvWriter(PrintStream out, List<ResultColumn> columns, boolean guardFormulas) {
    this.out = out;
    this.guardFormulas = guardFormulas;
    row(columns.stream().map(ResultColumn::name).toList());
  }

  @Override
  public void row(List<?> values) {
    out.print(values.stream().map(this::cell).collect(Collectors.joining(",")) + LINE_END);
  }

  @Override
  public void close() {
    out.flush();
  }

  private String cell(Object value) {
    String text = CellText.of(value);
    boolean isNumber = value instanceof Number;
    if (guardFormulas
        && !isNumber
        && !text.isEmpty()
        && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
