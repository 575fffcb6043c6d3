package io.memlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.panels.DemoLake;
import io.memlake.jobs.panels.Panel;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.panels.Panels;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.web.Browser;
import io.memlake.jobs.web.PageChecks;
import io.memlake.jobs.web.ShownPanel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportBrowserTest {
  /** Rows of a panel that a report keeps if nothing else is asked for. */
  private static final int MAX_ROWS = 20_000;

  private static final String NASTY = "<img src=x onerror=\"window.harmed=1\">\u202egnp.sys";

  @TempDir static Path folder;

  private static Browser browser;
  private static String demo;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Browser.program().isPresent(), "no Chromium on this machine");
    browser = Browser.start();
    demo = report(DemoLake.folder(), "demo.html");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyPanelHasRowsAndShowsThoseOfItsQuery() throws Exception {
    browser.open(demo);
    assertThat(browser.complaints()).isEmpty();
    try (LakeDatabase lake = DuckDbLake.open(DemoLake.snapshot(), "default")) {
      for (Panel panel : Panels.ofFleet()) {
        ShownPanel.assertEqual(browser, PanelAnswer.of(panel, lake, Map.of(), MAX_ROWS));
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void hostileNamesAreText() throws Exception {
    Path lake = folder.resolve("nasty");
    try (LakeWriter writer = LakeWriter.open(lake.toString(), PlainHadoop.configuration())) {
      writer.publish(
          TestRows.manifest("WS01", "run1", HostManifest.OK),
          TestRows.stage(
              writer, "run1", "WS01", List.of(TestRows.kernelModule("WS01", "run1", NASTY))));
    }
    browser.open(report(lake, "nasty.html"));
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.eval("typeof window.harmed").asText()).isEqualTo("undefined");
    assertThat(browser.eval("document.images.length").asInt()).isZero();
    assertThat(
            browser
                .eval("document.querySelector('#panel-rare_drivers tbody td').textContent")
                .asText())
        .isEqualTo(NASTY.toLowerCase(java.util.Locale.ROOT).replace("\u202e", "\\u202e"));
  }

  @Test
  void theKeyboardFiltersAndTheAddressRemembers() throws Exception {
    browser.open(demo);
    browser.press("/");
    assertThat(browser.eval("document.activeElement.id").asText()).isEqualTo("q");
    for (char c : "5252".toCharArray()) {
      browser.press(String.valueOf(c));
    }
    browser.await("location.hash.includes('q=5252')");
    browser.await("document.querySelectorAll('#panel-hidden tbody tr').length === 1");
    assertThat(browser.eval("document.querySelector('#panel-hidden .count').textContent").asText())
        .isEqualTo("1 of 2 rows");
    browser.press("Escape");
    browser.await("document.querySelectorAll('#panel-hidden tbody tr').length === 2");

    browser.open(demo + "#host=FS01&panel=hidden");
    JsonNode hosts =
        browser.eval(
            "[...document.querySelectorAll('#panel-hidden tbody tr td:first-child')]"
                + ".map((cell) => cell.textContent)");
    assertThat(hosts).hasSize(1);
    assertThat(hosts.get(0).asText()).isEqualTo("FS01");
    assertThat(browser.eval("document.querySelector('.chips').textContent").asText())
        .contains("host: FS01");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void barsOfTheTimelineThatAreDrawnOverBecomeTheFilter() throws Exception {
    browser.open(demo);
    String count = "document.querySelector('#panel-timeline .count').textContent";
    String all = browser.eval(count).asText();
    browser.eval(
        """
        (() => {
          const chart = document.querySelector('#panel-timeline_histogram svg');
          const first = chart.querySelector('g rect').getBoundingClientRect();
          const at = (type) => chart.dispatchEvent(new PointerEvent(type,
            { clientX: first.left + 1, clientY: first.top + 1, pointerId: 1, bubbles: true }));
          chart.setPointerCapture = () => {};
          at('pointerdown');
          at('pointerup');
        })()""");
    browser.await("location.hash.includes('from=') && location.hash.includes('to=')");
    browser.await(count + ".includes(' of ')");
    assertThat(
            browser
                .eval(
                    "[...document.querySelectorAll('#panel-timeline_histogram .brush input')].map((end) => end.value)")
                .get(0)
                .asText())
        .isNotEmpty();
    assertThat(browser.eval("document.querySelector('.chips').textContent").asText())
        .contains("from: ")
        .contains("to: ");
    browser.press("Escape");
    browser.await(count + " === '" + all + "'");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void headsSortAndTheQueryIsShown() throws Exception {
    browser.open(demo);
    browser.eval("document.querySelectorAll('#panel-hidden thead button')[1].click()");
    assertThat(
            browser
                .eval("document.querySelector('#panel-hidden tbody td.number').textContent")
                .asText())
        .isEqualTo("5232");
    assertThat(
            browser
                .eval("document.querySelector('#panel-hidden th[aria-sort]').textContent")
                .asText())
        .isEqualTo("pid");
    browser.eval("[...document.querySelectorAll('#panel-hidden header button')].pop().click()");
    assertThat(browser.eval("document.querySelector('#panel-hidden pre').textContent").asText())
        .isEqualTo(Panels.find("hidden").orElseThrow().sql());
  }

  @Test
  void everybodyCanReadItInLightAndInDark() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(scheme);
      browser.open(demo);
      assertThat(browser.eval(PageChecks.ACCESSIBILITY)).as(scheme).isEmpty();
      assertThat(browser.eval(PageChecks.CONTRAST)).as(scheme).isEmpty();
    }
    browser.prefer("light");
  }

  private static String report(Path lake, String name) {
    Path out = folder.resolve(name);
    CommandRun run = CommandRun.of("report", "--lake", lake, "--out", out);
    assertThat(run.code()).as(run.err()).isZero();
    return out.toUri().toString();
  }
}
