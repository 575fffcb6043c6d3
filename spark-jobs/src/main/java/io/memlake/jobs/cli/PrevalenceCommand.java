package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.fleet.PrevalenceJob;
import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.sql.LakeQuery;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.jobs.sql.QueryResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memlake prevalence}: how common pages and code are over the fleet. */
@Command(
    name = "prevalence",
    description = {
      "Count on how many hosts each page occurs, and compare the code of modules between hosts.",
      "Writes page_prevalence, code_patches and code_votes; shows the memory of each host by how common it is."
    })
final class PrevalenceCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;

  @Option(names = "--case", paramLabel = "NAME", description = "The case; needed among several.")
  private String caseId;

  PrevalenceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    CaseSession open = CaseSession.open(spark.settings(), lake.location(), caseId, List.of());
    write(open.session(), lake.location(), open.inventory().caseId(), spec);
    LakeViews.register(open.session(), open.lake());
    QueryResult rows = LakeQuery.run(open.session(), summary(open.caseLiteral()));
    try (ResultWriter writer = result.open(console, rows.columns())) {
      rows.writeTo(writer);
    }
    return ExitCode.OK.number();
  }

  /**
   * Writes the tables as a run of its own.
   *
   * @param session with the lake's tables as views
   */
  static void write(SparkSession session, String lake, String caseId, CommandSpec command)
      throws IOException {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    try (LakeWriter writer = LakeWriter.open(lake, configuration)) {
      CaseRun run =
          CaseRun.begin(
              writer,
              configuration,
              caseId,
              "prevalence",
              CommandText.of(command.commandLine().getParseResult().originalArgs()),
              ToolVersion.programs(),
              Map.of());
      new PrevalenceJob(session, lake, caseId).run(run);
      run.finish(ExitCode.OK, "");
    }
  }

  private static String summary(String caseLiteral) {
    return """
    SELECT p.host, count(*) * 4 AS kib,
      sum(CASE WHEN p.kind IN ('zero', 'fill') THEN 4 ELSE 0 END) AS zero_kib,
      sum(CASE WHEN v.class = 'fleet-common' THEN 4 ELSE 0 END) AS fleet_common_kib,
      sum(CASE WHEN v.class = 'role-common' THEN 4 ELSE 0 END) AS role_common_kib,
      sum(CASE WHEN v.class = 'few' THEN 4 ELSE 0 END) AS few_kib,
      sum(CASE WHEN p.kind NOT IN ('zero', 'fill') AND coalesce(v.hosts, 1) = 1 THEN 4 ELSE 0 END) AS unique_kib,
      sum(CASE WHEN p.executable AND p.user_mode AND v.hosts = 1 THEN 4 ELSE 0 END) AS unique_executable_kib,
      coalesce(max(c.patches), 0) AS code_patches
    FROM pages p
    LEFT JOIN page_prevalence v ON v.case_id = p.case_id AND v.page_hash = p.page_hash
      AND v.page_hash2 = p.page_hash2 AND p.kind NOT IN ('zero', 'fill')
    LEFT JOIN (SELECT host, count(*) AS patches FROM code_patches
      WHERE case_id = %1$s AND NOT fleet_wide GROUP BY host) c ON c.host = p.host
    WHERE p.case_id = %1$s AND p.page_hash IS NOT NULL
    GROUP BY p.host ORDER BY unique_executable_kib DESC, p.host"""
        .formatted(caseLiteral);
  }
}
