package io.memlake.jobs.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.panels.Chart;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.panels.PanelAnswer.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Compares a panel that a browser shows with what the lake answers to its query. */
public final class ShownPanel {
  private static final int BARS = 100;
  private static final int HEAT_LINES = 60;

  private final Browser browser;
  private final PanelAnswer answer;
  private final String card;

  private ShownPanel(Browser browser, PanelAnswer answer) {
    this.browser = browser;
    this.answer = answer;
    this.card = "document.getElementById('panel-" + answer.panel().id() + "')";
  }

  /** Fails unless the panel has rows and the page shows all of them, as the query gave them. */
  public static void assertEqual(Browser browser, PanelAnswer answer) throws Exception {
    String id = answer.panel().id();
    assertThat(answer.state()).as("%s: %s", id, answer.message()).isEqualTo(State.ROWS);
    assertThat(answer.cut()).as("%s is whole", id).isFalse();
    new ShownPanel(browser, answer).compare();
  }

  private void compare() throws Exception {
    Chart chart = answer.panel().chart();
    if (chart != Chart.FACTS) {
      int rows = answer.rows().size();
      assertThat(browser.eval(card + ".querySelector('.count').textContent").asText())
          .as(answer.panel().id())
          .isEqualTo(String.format(Locale.ROOT, rows == 1 ? "%,d row" : "%,d rows", rows));
    }
    switch (chart) {
      case TABLE -> table();
      case EDGES -> {
        table();
        same("path.edge", Math.min(60, answer.rows().size()));
      }
      case FACTS -> facts();
      case BARS -> bars();
      case HEAT -> heat();
      case TREE -> tree();
      case HISTOGRAM -> histogram();
    }
  }

  private void table() throws Exception {
    browser.eval(
        "(() => { const more = "
            + card
            + ".querySelector('button.more'); while (!more.classList.contains('hidden')) more.click(); })()");
    assertThat(texts("thead th", "[one.textContent]"))
        .as(answer.panel().id())
        .isEqualTo(headings(answer.columns()));
    assertThat(texts("tbody tr", "[...one.cells].map((cell) => cell.textContent.trim())"))
        .as(answer.panel().id())
        .isEqualTo(cells(answer.rows()));
  }

  private void facts() throws Exception {
    List<List<String>> expected = new ArrayList<>();
    List<String> values = cells(answer.rows()).get(0);
    for (int at = 0; at < values.size(); at++) {
      expected.add(List.of(ShownText.heading(answer.columns().get(at).name()), values.get(at)));
    }
    assertThat(texts("dl > div", "[...one.children].map((part) => part.textContent)"))
        .as(answer.panel().id())
        .isEqualTo(expected);
  }

  private void bars() throws Exception {
    List<List<String>> shown =
        texts(
            "tbody tr",
            "[...one.cells].filter((cell) => !cell.classList.contains('bar')).map((cell) => cell.textContent.trim())");
    List<List<Object>> rows = answer.rows().subList(0, Math.min(BARS, answer.rows().size()));
    assertThat(shown).as(answer.panel().id()).isEqualTo(cells(rows));
    double most = answer.rows().stream().mapToDouble(row -> number(row.get(1))).max().orElseThrow();
    List<List<String>> widths = texts("td.bar span", "[parseFloat(one.style.width).toFixed(1)]");
    for (int at = 0; at < rows.size(); at++) {
      double wanted = 100 * number(rows.get(at).get(1)) / most;
      assertThat(Double.parseDouble(widths.get(at).get(0)))
          .as("%s, bar %d", answer.panel().id(), at)
          .isCloseTo(wanted, org.assertj.core.api.Assertions.within(0.11));
    }
  }

  private void heat() throws Exception {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (List<Object> row : answer.rows()) {
      List<?> names = row.get(1) instanceof List<?> list ? list : Arrays.asList(row.get(1));
      for (Object name : names) {
        expected
            .computeIfAbsent(
                row.get(0) == null ? "fleet" : (String) row.get(0), at -> new TreeMap<>())
            .merge(name == null ? "none" : (String) name, (long) number(row.get(2)), Long::sum);
      }
    }
    assertThat(expected).hasSizeLessThanOrEqualTo(HEAT_LINES);
    Map<String, Map<String, Long>> shown = new TreeMap<>();
    List<String> heads = texts("thead tr", "[...one.cells].map((cell) => cell.textContent)").get(0);
    for (List<String> line : texts("tbody tr", "[...one.cells].map((cell) => cell.textContent)")) {
      Map<String, Long> counts = new TreeMap<>();
      for (int at = 1; at < line.size(); at++) {
        if (!line.get(at).isEmpty()) {
          counts.put(heads.get(at), Long.valueOf(line.get(at)));
        }
      }
      shown.put(line.get(0), counts);
    }
    assertThat(shown).as(answer.panel().id()).isEqualTo(expected);
  }

  private void tree() throws Exception {
    browser.eval(card + ".querySelectorAll('details').forEach((one) => { one.open = true; })");
    browser.await(
        "[..." + card + ".querySelectorAll('details')].every((one) => one.querySelector('li'))");
    Map<String, List<List<String>>> expected = new TreeMap<>();
    for (List<Object> row : answer.rows()) {
      String oddities = column(row, "oddities") == null ? "" : (String) column(row, "oddities");
      List<String> node = new ArrayList<>();
      node.add(ShownText.of(column(row, "image_file_name"), ResultColumn.plain("image_file_name")));
      node.add(ShownText.of(column(row, "pid"), ResultColumn.plain("pid")));
      node.add(
          column(row, "command_line") == null
              ? ""
              : ShownText.of(column(row, "command_line"), ResultColumn.plain("command_line")));
      Arrays.stream(oddities.split(";", -1))
          .filter(one -> !one.isEmpty() && !one.equals("ended"))
          .forEach(one -> node.add("⚠ " + one));
      expected.computeIfAbsent((String) column(row, "host"), host -> new ArrayList<>()).add(node);
    }
    Map<String, List<List<String>>> shown = new TreeMap<>();
    for (List<String> node :
        texts(
            "details li > span",
            """
            [one.closest('details').querySelector('summary b').textContent,
              one.querySelector('a, b').textContent, one.querySelector('.pid').textContent,
              one.querySelector('.line').textContent,
              ...[...one.querySelectorAll('.odd')].map((odd) => odd.textContent)]""")) {
      shown
          .computeIfAbsent(node.get(0), host -> new ArrayList<>())
          .add(node.subList(1, node.size()));
    }
    assertThat(shown.keySet()).as(answer.panel().id()).isEqualTo(expected.keySet());
    expected.forEach(
        (host, nodes) ->
            assertThat(shown.get(host))
                .as("%s of %s", answer.panel().id(), host)
                .containsExactlyInAnyOrderElementsOf(nodes));
  }

  private void histogram() throws Exception {
    Map<String, Map<String, Long>> hours = new TreeMap<>();
    for (List<Object> row : answer.rows()) {
      String hour = ShownText.of(row.get(0), answer.columns().get(0)).substring(0, 16);
      hours
          .computeIfAbsent(hour, at -> new LinkedHashMap<>())
          .merge(row.get(1).toString(), (long) number(row.get(2)), Long::sum);
    }
    List<List<String>> expected = new ArrayList<>();
    hours.forEach(
        (hour, counts) -> {
          List<String> parts = new ArrayList<>();
          counts.forEach((name, count) -> parts.add(String.format("%s %,d", name, count)));
          expected.add(List.of(hour + ": " + String.join(", ", parts)));
        });
    assertThat(texts("svg[role=img] > g > title", "[one.textContent]"))
        .as(answer.panel().id())
        .isEqualTo(expected);
  }

  private void same(String selector, int count) throws Exception {
    assertThat(browser.eval(card + ".querySelectorAll('" + selector + "').length").asInt())
        .as(answer.panel().id())
        .isEqualTo(count);
  }

  private Object column(List<Object> row, String name) {
    for (int at = 0; at < answer.columns().size(); at++) {
      if (answer.columns().get(at).name().equals(name)) {
        return row.get(at);
      }
    }
    throw new AssertionError(answer.panel().id() + " has no column " + name);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static List<List<String>> headings(List<ResultColumn> columns) {
    return columns.stream().map(column -> List.of(ShownText.heading(column.name()))).toList();
  }

  private List<List<String>> cells(List<List<Object>> rows) {
    List<List<String>> texts = new ArrayList<>();
    for (List<Object> row : rows) {
      List<String> line = new ArrayList<>();
      for (int at = 0; at < row.size(); at++) {
        line.add(ShownText.of(row.get(at), answer.columns().get(at)).trim());
      }
      texts.add(line);
    }
    return texts;
  }

  /** What {@code expression} makes of every node {@code one} that the card has. */
  private List<List<String>> texts(String selector, String expression) throws Exception {
    JsonNode lines =
        browser.eval(
            "[..."
                + card
                + ".querySelectorAll('"
                + selector
                + "')].map((one) => "
                + expression
                + ")");
    List<List<String>> texts = new ArrayList<>();
    for (JsonNode line : lines) {
      texts.add(StreamSupport.stream(line.spliterator(), false).map(JsonNode::asText).toList());
    }
    return texts;
  }
}
