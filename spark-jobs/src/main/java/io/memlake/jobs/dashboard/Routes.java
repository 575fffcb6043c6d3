package io.memlake.jobs.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.extract.ExtractedPage;
import io.memlake.jobs.exit.CommandException;
import io.memlake.jobs.output.OutputFormat;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.panels.Panel;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.panels.Panels;
import io.memlake.jobs.panels.Section;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.query.QueryException;
import io.memlake.jobs.web.Page;
import io.memlake.jobs.web.PageAsset;
import io.memlake.jobs.web.PageJson;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the dashboard answers to which address. */
final class Routes {
  private static final int SHOWN_ROWS = 5000;
  private static final int EXPORTED_ROWS = 1_000_000;
  private static final String JSON = "application/json; charset=utf-8";
  private static final String PANEL = "/api/panel/";
  private static final String EXPORT = "/api/export/";

  private static final Page PAGE =
      new Page("Memlake", PageAsset.of("page.css"), PageAsset.of("panels.js", "dashboard.js"));

  private final DashboardSettings settings;
  private final LiveLake lake;
  private final PageBytes bytes;

  Routes(DashboardSettings settings, LiveLake lake, PageBytes bytes) {
    this.settings = settings;
    this.lake = lake;
    this.bytes = bytes;
  }

  void answer(HttpExchange exchange, String path, Question question) throws IOException {
    if (path.equals("/")) {
      exchange
          .getResponseHeaders()
          .set("Content-Security-Policy", PAGE.policy("'self'") + "; frame-ancestors 'none'");
      Reply.stream(
          exchange,
          "text/html; charset=utf-8",
          out -> PAGE.write(out, "'self'", json -> about(json.generator())));
    } else if (path.equals("/api/lake")) {
      LakeDatabase database = lake.now();
      json(exchange, json -> state(json.generator(), database));
    } else if (path.startsWith(PANEL)) {
      PanelAnswer answer = ask(path.substring(PANEL.length()), question, SHOWN_ROWS);
      json(exchange, json -> json.panel(answer));
    } else if (path.startsWith(EXPORT)) {
      export(exchange, ask(path.substring(EXPORT.length()), question, EXPORTED_ROWS));
    } else if (path.equals("/api/bytes")) {
      bytes(exchange, question);
    } else if (path.equals("/api/sql")) {
      sql(exchange, question);
    } else {
      Reply.text(exchange, 404, "Nothing here");
    }
  }

  private PanelAnswer ask(String id, Question question, int maxRows) throws IOException {
    Panel panel = Panels.find(id).orElseThrow(() -> new IllegalArgumentException("No panel " + id));
    Map<String, Object> parameters = new HashMap<>();
    for (String name : panel.parameters()) {
      parameters.put(name, question.parameter(name));
    }
    return PanelAnswer.of(panel, lake.now(), parameters, maxRows);
  }

  private static void export(HttpExchange exchange, PanelAnswer answer) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", "attachment; filename=\"" + answer.panel().id() + ".csv\"");
    Reply.bytes(
        exchange,
        "text/csv; charset=utf-8",
        out -> {
          PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
          try (ResultWriter writer =
              OutputFormat.CSV.writer(stream, answer.columns(), Integer.MAX_VALUE, true)) {
            for (List<Object> row : answer.rows()) {
              writer.row(row);
            }
          }
        });
  }

  private void bytes(HttpExchange exchange, Question question) throws IOException {
    String host = question.text("host");
    String path = question.text("path");
    if (host == null || path == null) {
      throw new IllegalArgumentException("A page needs a host and a path");
    }
    ExtractedPage page;
    try {
      page = bytes.read(host, path);
    } catch (CommandException | IOException e) {
      Reply.text(exchange, 404, String.valueOf(e.getMessage()));
      return;
    }
    json(
        exchange,
        json -> {
          JsonGenerator generator = json.generator();
          generator.writeStartObject();
          generator.writeStringField("path", page.path());
          generator.writeStringField("account", page.account());
          generator.writeStringField("bytes", page.bytes().map(Hex::bytes).orElse(null));
          generator.writeEndObject();
        });
  }

  private void sql(HttpExchange exchange, Question question) throws IOException {
    if (!settings.freeSql()) {
      Reply.text(exchange, 403, "Questions of your own need memlake dashboard --allow-sql");
      return;
    }
    Answer answer;
    try {
      answer = lake.now().askFreely(Optional.ofNullable(question.text("q")).orElse(""), SHOWN_ROWS);
    } catch (QueryException e) {
      Reply.text(exchange, 400, e.getMessage());
      return;
    }
    List<ResultColumn> columns = PanelAnswer.columns(answer.columns(), Tables.names());
    json(
        exchange,
        json -> {
          json.generator().writeStartObject();
          json.generator().writeBooleanField("cut", answer.cut());
          json.rows(columns, answer.rows());
          json.generator().writeEndObject();
        });
  }

  private void about(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("case", settings.caseId());
    json.writeStringField("lake", settings.location());
    json.writeStringField("version", settings.toolVersion());
    json.writeBooleanField("sql", settings.freeSql());
    json.writeArrayFieldStart("sections");
    for (Section section : Section.values()) {
      json.writeStartObject();
      json.writeStringField("id", section.word());
      json.writeStringField("title", section.title());
      json.writeBooleanField("fleet", section.ofFleet());
      json.writeArrayFieldStart("panels");
      for (Panel panel : Panels.of(section)) {
        json.writeString(panel.id());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void state(JsonGenerator json, LakeDatabase database) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", lake.version());
    json.writeStringField("engine", database.engine());
    json.writeArrayFieldStart("hosts");
    Answer hosts = database.ask("SELECT host FROM hosts ORDER BY host", Map.of(), EXPORTED_ROWS);
    for (List<Object> row : hosts.rows()) {
      json.writeString(String.valueOf(row.get(0)));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("tables");
    for (Table table : Tables.all()) {
      json.writeStartObject();
      json.writeStringField("name", table.name());
      json.writeNumberField("rows", database.rows(table.name()));
      json.writeStringField("doc", table.doc());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void json(HttpExchange exchange, Page.Data data) throws IOException {
    Reply.stream(
        exchange,
        JSON,
        out -> {
          try (PageJson json = new PageJson(out)) {
            data.write(json);
          }
        });
  }
}
