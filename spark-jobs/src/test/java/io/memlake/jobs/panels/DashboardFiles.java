package io.memlake.jobs.panels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The panels for dashboards of others: what {@code cluster-config/dashboards} holds. */
final class DashboardFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Names of columns that Trino takes for its own words. */
  private static final Pattern RESERVED = Pattern.compile("\\.(table|column|end|user)\\b");

  private static final int WIDTH = 24;
  private static final int HEIGHT = 9;

  private DashboardFiles() {}

  /** All files by their path below the folder. */
  static Map<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    for (SqlDialect dialect : List.of(SqlDialect.DUCKDB, SqlDialect.TRINO)) {
      String name = dialect.name().toLowerCase(java.util.Locale.ROOT);
      files.put("panels-" + name + ".sql", views(dialect));
      files.put("grafana/dashboards/memlake-" + name + ".json", grafana(dialect));
    }
    return files;
  }

  /** Panels that show the fleet and whose tables there are. */
  static List<Panel> panels() {
    return Panels.ofFleet().stream()
        .filter(
            panel ->
                Stream.concat(panel.tables().stream(), panel.also().stream())
                    .allMatch(table -> Tables.find(table).isPresent()))
        .toList();
  }

  /** The query of a panel as the engine reads it. */
  static String sql(Panel panel, SqlDialect dialect) {
    return dialect == SqlDialect.TRINO
        ? RESERVED.matcher(panel.sql()).replaceAll(".\"$1\"")
        : panel.sql();
  }

  private static String views(SqlDialect dialect) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "-- Panels of the fleet as views, over the tables of a lake's views file. Generated.");
    for (Panel panel : panels()) {
      lines.add("");
      lines.add("-- " + panel.title() + ": " + panel.about());
      lines.add("CREATE OR REPLACE VIEW panel_" + panel.id() + " AS");
      lines.add(sql(panel, dialect) + ";");
    }
    return String.join("\n", lines) + "\n";
  }

  private static String grafana(SqlDialect dialect) {
    boolean trino = dialect == SqlDialect.TRINO;
    ObjectNode dashboard = JSON.createObjectNode();
    dashboard.put("uid", trino ? "memlake-trino" : "memlake-duckdb");
    dashboard.put("title", "Memlake" + (trino ? " (Trino)" : " (DuckDB)"));
    dashboard.put("schemaVersion", 39);
    dashboard.put("editable", false);
    dashboard.put("timezone", "utc");
    dashboard.putObject("time").put("from", "now-50y").put("to", "now");
    dashboard.putArray("tags").add("memlake");
    ArrayNode panels = dashboard.putArray("panels");
    int row = 0;
    int id = 1;
    Section section = null;
    for (Panel panel : panels()) {
      if (panel.section() != section) {
        section = panel.section();
        ObjectNode heading = panels.addObject().put("id", id++).put("type", "row");
        heading.put("title", section.title()).put("collapsed", false);
        position(heading, 0, row++, WIDTH, 1);
        heading.putArray("panels");
      }
      ObjectNode shown = panels.addObject().put("id", id++).put("title", panel.title());
      shown.put("description", panel.about()).put("type", type(panel.chart()));
      ObjectNode source = shown.putObject("datasource");
      source.put("type", trino ? "trino-datasource" : "motherduck-duckdb-datasource");
      source.put("uid", trino ? "memlake-trino" : "memlake-duckdb");
      position(shown, 0, row, WIDTH, HEIGHT);
      row += HEIGHT;
      ObjectNode target = shown.putArray("targets").addObject().put("refId", "A");
      target.set("datasource", source.deepCopy());
      if (trino) {
        target.put("rawSQL", sql(panel, dialect)).put("format", 1);
      } else {
        target.put("rawSql", sql(panel, dialect)).put("format", "table").put("rawQuery", true);
      }
    }
    try {
      return JSON.writeValueAsString(dashboard) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void position(ObjectNode panel, int x, int y, int width, int height) {
    panel.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
  }

  private static String type(Chart chart) {
    return switch (chart) {
      case FACTS -> "stat";
      case BARS -> "barchart";
      case HISTOGRAM, HEAT, TREE, EDGES, TABLE -> "table";
    };
  }
}
