package io.memlake.jobs.cli;

import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.exit.EnvironmentException;
import io.memlake.jobs.fleet.Comparison;
import io.memlake.jobs.fleet.NamedQuery;
import io.memlake.jobs.fleet.ThingsReader;
import io.memlake.jobs.hunt.HuntRequest;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.jobs.sql.SparkLake;
import io.memlake.schemas.view.SqlDialect;
import io.memlake.testdata.fleet.DemoFleet;
import io.memlake.testdata.fleet.DemoHost;
import io.memlake.testdata.fleet.PlantedTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;

/** Looks for the demo's intrusion in every way there is, and shows what each of them finds. */
final class DemoLook {
  private static final String CASE = "default";
  private static final int SHOWN = 200;

  private static final String HOSTS =
      """
      SELECT h.host, h.nt_build AS build, h.os_name,
        (SELECT count(*) FROM processes p WHERE p.host = h.host) AS processes,
        (SELECT count(*) FROM threads t WHERE t.host = h.host) AS threads,
        (SELECT count(*) FROM modules m WHERE m.host = h.host) AS modules,
        (SELECT count(*) FROM kernel_modules k WHERE k.host = h.host) AS drivers,
        (SELECT count(*) FROM pages g WHERE g.host = h.host) AS pages,
        (SELECT max(verdict) FROM image_quality q WHERE q.host = h.host) AS quality
      FROM hosts h ORDER BY h.host""";

  private static final String HIDDEN =
      """
      SELECT host, pid, image_file_name, state, command_line
      FROM processes WHERE in_psscan AND NOT in_pslist ORDER BY host, pid""";

  private static final String MATCHES =
      """
      SELECT i.host, i.severity, i.type, i.indicator, i.process, i.pid, i.table || '.' || i.column AS place
      FROM ioc_matches i WHERE NOT i.allowlisted ORDER BY i.host, i.type, i.indicator, place, i.pid""";

  private static final String YARA =
      """
      SELECT host, severity, rule, process, pid, scope, matches, forensic_path
      FROM yara_matches ORDER BY host, rule, pid, start""";

  private static final String SIGMA =
      """
      SELECT host, level, title, process, pid
      FROM sigma_matches ORDER BY host, title, pid""";

  private static final String FINDINGS =
      """
      SELECT host, severity, rule_uid, process, pid, title
      FROM findings WHERE severity_id > 1
      ORDER BY severity_id DESC, risk_score DESC, host, rule_uid, finding_id""";

  private static final String COMPRESSED =
      """
      SELECT host, pid, count(*) AS pages,
        sum(CASE WHEN layer = 'compressed' THEN 1 ELSE 0 END) AS compressed_pages
      FROM pages WHERE executable AND writable AND user_mode GROUP BY host, pid ORDER BY host, pid""";

  private static final String PREVALENCE =
      """
      SELECT g.host, count(*) * 4 AS executable_kib,
        sum(CASE WHEN v.hosts >= 2 THEN 4 ELSE 0 END) AS shared_kib,
        sum(CASE WHEN v.hosts = 1 THEN 4 ELSE 0 END) AS unique_kib,
        (SELECT count(*) FROM code_patches c WHERE c.host = g.host AND NOT c.fleet_wide) AS changed_code_pages
      FROM pages g
      JOIN page_prevalence v ON v.page_hash = g.page_hash AND v.page_hash2 = g.page_hash2
      WHERE g.executable AND g.user_mode AND g.kind NOT IN ('zero', 'fill')
      GROUP BY g.host ORDER BY changed_code_pages DESC, unique_kib DESC, g.host""";

  private final Console console;
  private final ResultOptions result;
  private final SparkSession session;
  private final String location;
  private final CommandSpec command;

  DemoLook(
      Console console,
      ResultOptions result,
      SparkSession session,
      String location,
      CommandSpec command) {
    this.console = console;
    this.result = result;
    this.session = session;
    this.location = location;
    this.command = command;
  }

  /**
   * Runs prevalence, hunt and rules, and shows everything.
   *
   * @param hosts what was planted where
   * @param folder where the files of the hunt go
   */
  void run(List<DemoHost> hosts, Path folder) throws IOException {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    LakeViews.register(session, Lake.open(location, configuration));
    PrevalenceCommand.write(session, location, CASE, command);
    Path indicators = Files.createDirectories(folder).resolve("indicators.csv");
    Files.writeString(indicators, DemoFleet.indicators());
    Path yara = folder.resolve("implant.yar");
    Files.writeString(yara, DemoFleet.yaraRules());
    Path sigma = folder.resolve("intrusion.yml");
    Files.writeString(sigma, DemoFleet.sigmaRules());
    HuntCommand.hunt(
        session,
        location,
        LakeInventory.of(Lake.open(location, configuration), CASE),
        new HuntRequest(List.of(indicators), List.of(), List.of(yara), List.of(sigma), Map.of()),
        command);
    try (LakeDatabase lake = database(Lake.open(location, configuration))) {
      show("Hosts", lake, HOSTS);
      planted(hosts);
      show("Processes that the kernel's list does not hold", lake, HIDDEN);
      show("Memory of programs that can be written and executed", lake, COMPRESSED);
      show("hunt --ioc " + indicators + ": known traces of the intruder", lake, MATCHES);
      show("hunt --yara " + yara + ": the injected code", lake, YARA);
      show("hunt --sigma " + sigma + ": what the intruder did", lake, SIGMA);
      show("findings: what the built-in rules find", lake, FINDINGS);
      NamedQuery rare = NamedQuery.find("rare-services").orElseThrow();
      boolean duck = lake.engine().equals("duckdb");
      show(
          "stack: services that one or two hosts have",
          lake,
          rare.sql(duck ? SqlDialect.DUCKDB : SqlDialect.SPARK));
      show("prevalence: executable memory that only one host has", lake, PREVALENCE);
    }
    difference(configuration);
  }

  private LakeDatabase database(Lake lake) throws IOException {
    LakeSnapshot snapshot = LakeSnapshot.of(lake);
    try {
      return DuckDbLake.open(snapshot, CASE);
    } catch (EnvironmentException | NoClassDefFoundError e) {
      return SparkLake.open(session, snapshot, CASE);
    }
  }

  private void planted(List<DemoHost> hosts) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (DemoHost host : hosts) {
      for (PlantedTrace trace : host.planted()) {
        rows.add(
            Arrays.asList(
                host.name(),
                trace.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                trace.process(),
                trace.pid(),
                trace.description()));
      }
    }
    write("What was planted", List.of("host", "kind", "process", "pid", "description"), rows);
  }

  private void difference(Configuration configuration) throws IOException {
    Lake lake = Lake.open(location, configuration);
    LakeInventory inventory = LakeInventory.of(lake, CASE);
    if (!inventory.tables().containsKey(DemoFleet.BEFORE)) {
      return;
    }
    LakeViews.register(session, lake);
    String caseLiteral = SqlText.literal(CASE);
    List<List<Object>> rows = new ArrayList<>();
    for (Comparison.Line line :
        Comparison.between(
            ThingsReader.read(session, caseLiteral, DemoFleet.BEFORE::equals),
            ThingsReader.read(session, caseLiteral, DemoFleet.AFTER::equals))) {
      rows.add(ComparisonColumns.values(line));
    }
    write(
        "diff " + DemoFleet.BEFORE + " " + DemoFleet.AFTER,
        ComparisonColumns.ALL.stream().map(ResultColumn::name).toList(),
        rows);
  }

  private void show(String title, LakeDatabase lake, String sql) throws IOException {
    Answer answer = lake.ask(sql, Map.of(), SHOWN);
    write(title, answer.columns(), answer.rows());
  }

  private void write(String title, List<String> columns, List<List<Object>> rows)
      throws IOException {
    console.err().println();
    console.err().println(title);
    try (ResultWriter writer =
        result.open(console, columns.stream().map(ResultColumn::plain).toList())) {
      for (List<Object> row : rows) {
        writer.row(row);
      }
    }
  }
}
