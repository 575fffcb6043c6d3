package io.memlake.jobs.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.panels.DemoLake;
import io.memlake.jobs.panels.Panel;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.panels.Panels;
import io.memlake.jobs.panels.Section;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.web.Browser;
import io.memlake.jobs.web.PageChecks;
import io.memlake.jobs.web.ShownPanel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardBrowserTest {
  private static final int SHOWN_ROWS = 5000;

  private static Browser browser;
  private static DashboardServer server;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Browser.program().isPresent(), "no Chromium on this machine");
    server = TestDashboard.start(DemoLake.folder(), true);
    browser = Browser.start();
  }

  @BeforeEach
  void open() throws Exception {
    browser.open(server.address());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @Test
  void everySectionDrawsItsPanels() throws Exception {
    for (Section section : Section.values()) {
      if (!section.ofFleet()) {
        continue;
      }
      visit("section=" + section.word(), section);
      assertThat(browser.eval("document.querySelectorAll('main .failed').length").asInt())
          .as(section.word())
          .isZero();
      assertThat(browser.eval(PageChecks.ACCESSIBILITY)).as(section.word()).isEmpty();
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void everyPanelHasRowsAndShowsThoseOfItsQuery() throws Exception {
    try (LakeDatabase lake = DuckDbLake.open(DemoLake.snapshot(), "default")) {
      int pid =
          (Integer)
              lake.ask(
                      "SELECT pid FROM processes WHERE host = 'WS-BOB' AND path LIKE '%Temp%svchost.exe'",
                      Map.of(), 1)
                  .rows()
                  .get(0)
                  .get(0);
      for (Section section : Section.values()) {
        Map<String, Object> parameters = new HashMap<>();
        switch (section) {
          case HOST -> parameters.put("host", "LEGACY07");
          case PROCESS -> parameters.putAll(Map.of("host", "WS-BOB", "pid", pid));
          case DIFF -> parameters.putAll(Map.of("a", "WS-BOB", "b", "APP02"));
          case TIME ->
              parameters.putAll(
                  Map.of("from", "2024-03-05T13:00:00Z", "to", "2024-03-05T14:00:00Z"));
          default -> {
            // Panels of the fleet need none.
          }
        }
        open(section, parameters);
        for (Panel panel : Panels.of(section)) {
          Map<String, Object> asked = new HashMap<>();
          panel.parameters().forEach(name -> asked.put(name, parameters.get(name)));
          ShownPanel.assertEqual(browser, PanelAnswer.of(panel, lake, asked, SHOWN_ROWS));
        }
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  private static void open(Section section, Map<String, Object> parameters) throws Exception {
    String state =
        parameters.entrySet().stream()
            .map(one -> "&" + one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining());
    String place =
        switch (section) {
          case HOST, PROCESS, DIFF -> "view=" + section.word();
          case TIME -> "section=timeline";
          default -> "section=" + section.word();
        };
    visit(place + state, section);
  }

  @Test
  void linksLeadFromAHostToItsBytes() throws Exception {
    visit("section=findings", Section.FINDINGS);
    click("#panel-hidden tbody a");
    browser.await("document.title.startsWith('Host WS-BOB')");
    drawn(Section.HOST);
    browser.eval(
        "[...document.querySelectorAll('#panel-host_processes li > span > a')]"
            + ".find((link) => link.href.includes('pid=5068')).click()");
    browser.await("document.title.startsWith('Process 5068 on WS-BOB')");
    drawn(Section.PROCESS);
    assertThat(
            browser.eval("document.querySelector('#panel-process_facts dd').textContent").asText())
        .isEqualTo("teamsync.exe");
    click("#panel-process_vads tbody a");
    browser.await("document.querySelector('pre.bytes')");
    assertThat(browser.eval("document.querySelector('pre.bytes').textContent").asText().lines())
        .hasSize(256);
    assertThat(browser.eval("document.querySelector('.crumbs').textContent").asText())
        .contains("WS-BOB", "Process 5068");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void anAddressWithStateOpensThatState() throws Exception {
    browser.open(server.address() + "#view=process&host=WS-BOB&pid=5704");
    drawn(Section.PROCESS);
    assertThat(
            browser.eval("document.querySelector('#panel-process_facts dd').textContent").asText())
        .isEqualTo("svchost.exe");
    assertThat(browser.eval("location.search").asText()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theEventsOfAChosenTimeAreAskedForInTheLake() throws Exception {
    visit("section=timeline&from=1990-01-01T00:00:00Z&to=2100-01-01T00:00:00Z", Section.TIME);
    long events = DemoLake.snapshot().rows("timeline");
    browser.await("document.querySelector('#panel-events_between tbody tr')");
    assertThat(
            browser
                .eval("document.querySelector('#panel-events_between .count').textContent")
                .asText())
        .isEqualTo(String.format(Locale.ROOT, "%,d rows", events));
    visit("section=timeline&from=1990-01-01T00:00:00Z&to=1990-01-02T00:00:00Z", Section.TIME);
    browser.await(
        "document.querySelector('#panel-events_between .none')"
            + " && document.querySelector('#panel-events_between .none').textContent.startsWith('Nothing')");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void twoHostsAreCompared() throws Exception {
    visit("view=diff&a=APP02&b=WS-BOB", Section.DIFF);
    assertThat(
            browser
                .eval("document.querySelector('#panel-diff_drivers tbody').textContent")
                .asText())
        .contains("gone")
        .contains("mssmb64.sys");
  }

  @Test
  void ownSelectsRunAndOthersDoNot() throws Exception {
    visit("view=sql&sql=" + "SELECT%20count(*)%20AS%20n%20FROM%20hosts", null);
    browser.await("document.querySelector('#panel-sql tbody td')");
    assertThat(browser.eval("document.querySelector('#panel-sql tbody td').textContent").asText())
        .isEqualTo(String.valueOf(DemoLake.snapshot().rows("hosts")));
    visit("view=sql&sql=DROP%20VIEW%20hosts", null);
    browser.await("document.querySelector('[role=alert]')");
    assertThat(browser.eval("document.querySelector('[role=alert]').textContent").asText())
        .isEqualTo("Only a SELECT is accepted");
  }

  private static void visit(String state, Section section) throws Exception {
    browser.eval("location.hash = '" + state + "'");
    if (section != null) {
      drawn(section);
    }
  }

  private static void drawn(Section section) throws Exception {
    for (Panel panel : Panels.of(section)) {
      browser.await("document.querySelector('#panel-" + panel.id() + " h3')");
    }
  }

  private static void click(String selector) throws Exception {
    browser.eval("document.querySelector('" + selector + "').click()");
  }
}
