package io.memlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.web.Browser;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page with more findings than people read still opens, filters and sorts. */
class ManyFindingsTest {
  private static final int FINDINGS = Integer.getInteger("memlake.test.findings", 20_000);
  private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
  private static final List<String> COLUMNS =
      List.of(
          "severity",
          "host",
          "title",
          "attack_technique",
          "pid",
          "process",
          "description",
          "forensic_path",
          "finding_id");

  @TempDir Path folder;

  @Test
  void aPageOfManyFindingsOpensAndFilters() throws Exception {
    assumeTrue(Browser.program().isPresent(), "no Chromium on this machine");
    Path out = folder.resolve("many.html");
    try (Writer writer = Files.newBufferedWriter(out)) {
      new Report("default", "lake", "test", Instant.EPOCH, FINDINGS).write(new Many(), writer);
    }
    try (Browser browser = Browser.start()) {
      browser.open(out.toUri().toString());
      assertThat(count(browser)).isEqualTo(String.format("%,d rows", FINDINGS));
      double drawn = browser.eval("performance.getEntriesByName('drawn')[0].startTime").asDouble();
      browser.eval("location.hash = 'q=host-0007 process-7.exe'");
      browser.await(
          "location.hash && document.querySelector('#panel-findings .count').textContent.includes(' of ')");
      assertThat(count(browser)).endsWith(String.format(" of %,d rows", FINDINGS));
      browser.eval("location.hash = ''");
      browser.await(
          "!document.querySelector('#panel-findings .count').textContent.includes(' of ')");
      browser.eval("document.querySelectorAll('#panel-findings thead button')[8].click()");
      assertThat(browser.complaints()).isEmpty();
      Files.writeString(
          Path.of("target", "many-findings.txt"),
          FINDINGS + " findings, " + Files.size(out) + " bytes: drawn after " + drawn + " ms\n");
    }
  }

  private static String count(Browser browser) throws Exception {
    return browser.eval("document.querySelector('#panel-findings .count').textContent").asText();
  }

  /** Answers the panels of findings with made-up rows, others with none. */
  private static final class Many implements LakeDatabase {
    @Override
    public String engine() {
      return "made up";
    }

    @Override
    public long rows(String table) {
      return table.equals("findings") ? FINDINGS : 0;
    }

    @Override
    public Answer ask(String sql, Map<String, Object> parameters, int maxRows) {
      if (!sql.contains("forensic_path")) {
        return new Answer(List.of("severity", "findings"), List.of(List.of("high", 1L)), false);
      }
      List<List<Object>> rows = new ArrayList<>();
      for (int i = 0; i < FINDINGS; i++) {
        rows.add(
            List.of(
                SEVERITIES.get(i % SEVERITIES.size()),
                String.format("host-%04d", i % 400),
                "Memory that runs without a file behind it " + i % 31,
                List.of("T1055." + i % 12),
                4 * i,
                "process-" + i % 97 + ".exe",
                "A range of " + i + " pages can be written and run, and belongs to no module.",
                "pid:" + 4 * i + ":va:0x" + Long.toHexString(0x7FF600000000L + i * 4096L),
                String.format("%032x", i * 0x9E3779B97F4A7C15L)));
      }
      return new Answer(COLUMNS, rows, false);
    }

    @Override
    public Answer askFreely(String sql, int maxRows) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }
}
