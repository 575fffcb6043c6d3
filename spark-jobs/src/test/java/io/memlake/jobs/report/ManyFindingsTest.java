package io.memlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.dashboard.DashboardServer;
import io.memlake.jobs.dashboard.TestDashboard;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.hunt.run.ProgramVersions;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.panels.Panel;
import io.memlake.jobs.panels.Panels;
import io.memlake.jobs.panels.Section;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.web.Browser;
import io.memlake.schemas.row.FindingRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake with more findings than people read is still looked at: in the report and live. */
class ManyFindingsTest {
  private static final int FINDINGS = Integer.getInteger("memlake.test.findings", 20_000);
  private static final int SHOWN_LIVE = 5000;
  private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
  private static final int HOSTS = 400;

  @TempDir static Path folder;

  private static Path lake;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Browser.program().isPresent(), "no Chromium on this machine");
    lake = folder.resolve("lake");
    write();
    browser = Browser.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void theReportOpensAndFilters() throws Exception {
    Path out = folder.resolve("many.html");
    CommandRun run = CommandRun.of("report", "--lake", lake, "--max-rows", FINDINGS, "--out", out);
    assertThat(run.code()).as(run.err()).isZero();
    browser.open(out.toUri().toString());
    assertThat(count()).isEqualTo(String.format(Locale.ROOT, "%,d rows", FINDINGS));
    double drawn = browser.eval("performance.getEntriesByName('drawn')[0].startTime").asDouble();
    double filtered =
        millis(
            "q=host-0007 process-7.exe",
            "document.querySelector('#panel-findings .count').textContent.includes(' of ')");
    assertThat(count()).endsWith(String.format(Locale.ROOT, " of %,d rows", FINDINGS));
    double cleared =
        millis(
            "", "!document.querySelector('#panel-findings .count').textContent.includes(' of ')");
    double sorted =
        browser
            .eval(
                """
                (() => {
                  const start = performance.now();
                  document.querySelectorAll('#panel-findings thead button')[10].click();
                  document.body.getBoundingClientRect();
                  return performance.now() - start;
                })()""")
            .asDouble();
    assertThat(browser.complaints()).isEmpty();
    note(
        "report of %d bytes: drawn after %.0f ms, filtered in %.0f ms, filter cleared in %.0f ms, sorted in %.0f ms",
        Files.size(out), drawn, filtered, cleared, sorted);
  }

  @Test
  void theDashboardShowsTheGravestOfThem() throws Exception {
    try (DashboardServer server = TestDashboard.start(lake, false)) {
      browser.open(server.address());
      double overview = section(Section.OVERVIEW);
      double findings = section(Section.FINDINGS);
      String rows = String.format(Locale.ROOT, "%,d rows", Math.min(FINDINGS, SHOWN_LIVE));
      assertThat(count()).isEqualTo(FINDINGS > SHOWN_LIVE ? rows + ", and more in the lake" : rows);
      assertThat(
              browser
                  .eval("document.querySelector('#panel-findings tbody .badge').textContent")
                  .asText())
          .isEqualTo("critical");
      double filtered =
          millis(
              "section=findings&q=host-0007 process-7.exe",
              "document.querySelector('#panel-findings .count').textContent.includes(' of ')");
      assertThat(browser.complaints()).isEmpty();
      note(
          "dashboard: overview in %.0f ms, findings in %.0f ms, filtered in %.0f ms",
          overview, findings, filtered);
    }
  }

  /** Milliseconds until every panel of a section is drawn. */
  private static double section(Section section) throws Exception {
    StringBuilder drawn = new StringBuilder("true");
    for (Panel panel : Panels.of(section)) {
      drawn.append(" && document.querySelector('#panel-").append(panel.id()).append(" h3')");
    }
    browser.eval("location.hash = 'view=tables'");
    browser.await("document.title.startsWith('Tables')");
    return millis("section=" + section.word(), drawn.toString());
  }

  /** Milliseconds from another address until a condition is true, as the page counts them. */
  private static double millis(String state, String condition) throws Exception {
    return browser
        .eval(
            """
            new Promise((done) => {
              const start = performance.now();
              location.hash = '%s';
              const look = () => (%s) ? done(performance.now() - start) : setTimeout(look, 5);
              setTimeout(look, 0);
            })"""
                .formatted(state, condition))
        .asDouble();
  }

  private static String count() throws Exception {
    return browser.eval("document.querySelector('#panel-findings .count').textContent").asText();
  }

  private static void note(String format, Object... values) throws IOException {
    Files.writeString(
        Path.of("target", "many-findings.txt"),
        FINDINGS + " findings, " + String.format(Locale.ROOT, format, values) + "\n",
        java.nio.file.StandardOpenOption.CREATE,
        java.nio.file.StandardOpenOption.APPEND);
  }

  private static void write() throws IOException {
    var configuration = PlainHadoop.configuration();
    try (LakeWriter writer = LakeWriter.open(lake.toString(), configuration)) {
      writer.publish(
          TestRows.manifest("host-0000", "run1", HostManifest.OK),
          TestRows.stage(
              writer, "run1", "host-0000", List.of(TestRows.page("host-0000", "run1", 1))));
      CaseRun run =
          CaseRun.begin(
              writer,
              configuration,
              "default",
              "hunt",
              "hunt",
              new ProgramVersions("test", "", ""),
              Map.of());
      run.replace(
          "findings",
          IntStream.range(0, FINDINGS).mapToObj(number -> finding(number, run.runId())).iterator());
      run.finish(ExitCode.OK, "");
    }
  }

  private static FindingRow finding(int number, String runId) {
    FindingRow row = new FindingRow();
    row.setCaseId("default");
    row.setHost(String.format(Locale.ROOT, "host-%04d", number % HOSTS));
    row.setImageId("0123456789abcdef");
    row.setRunId(runId);
    row.setSource("derived");
    row.setForensicPath(
        "pid:" + 4 * number + ":va:0x" + Long.toHexString(0x7FF600000000L + number * 4096L));
    row.setConfidence(90);
    row.setFindingId(String.format("%032x", number * 0x9E3779B97F4A7C15L));
    row.setRuleUid("RULE_" + number % 31);
    row.setRuleVersion("1");
    row.setTitle("Memory that runs without a file behind it " + number % 31);
    row.setDescription(
        "A range of " + number + " pages can be written and run, and belongs to no module.");
    row.setAnalyticType("Rule");
    int severity = number % SEVERITIES.size();
    row.setSeverity(SEVERITIES.get(severity));
    row.setSeverityId(5 - severity);
    row.setConfidenceId(3);
    row.setRiskScore(100 - 20 * severity);
    row.setAttackTechnique(List.of("T1055." + String.format(Locale.ROOT, "%03d", number % 12)));
    row.setPid(4 * number);
    row.setProcess("process-" + number % 97 + ".exe");
    row.setEntityType("memory");
    row.setEntityKey("range " + number);
    row.setEvidence(List.of("pages: " + number, "protection: PAGE_EXECUTE_READWRITE"));
    row.setPrevalenceHosts(1 + number % 3);
    row.setFleetHosts(HOSTS);
    row.setRarity(0.9);
    row.setStatus("new");
    row.setFalsePositiveHint("Run-time compilers.");
    row.setNextSteps(List.of("Extract the region", "Look at its threads"));
    return row;
  }
}
