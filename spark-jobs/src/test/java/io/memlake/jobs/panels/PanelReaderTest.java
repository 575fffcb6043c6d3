package io.memlake.jobs.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelReaderTest {
  private static final String HEAD =
      """
      -- title: Hosts
      -- about: All hosts.
      -- section: hosts
      -- chart: table
      -- tables: hosts errors
      -- empty: None.
      """;

  @Test
  void aPanelIsItsCommentsAndItsQuery() {
    Panel panel = PanelReader.read("all", HEAD + "SELECT host FROM hosts WHERE host = :host\n");
    assertThat(panel.title()).isEqualTo("Hosts");
    assertThat(panel.section()).isEqualTo(Section.HOSTS);
    assertThat(panel.chart()).isEqualTo(Chart.TABLE);
    assertThat(panel.tables()).containsExactly("hosts", "errors");
    assertThat(panel.also()).isEmpty();
    assertThat(panel.parameters()).containsExactly("host");
    assertThat(panel.sql()).isEqualTo("SELECT host FROM hosts WHERE host = :host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; SELECT 2",
        "DELETE FROM hosts",
        "SELECT \"host\" FROM hosts",
        "SELECT `host` FROM hosts",
        "SELECT host FROM hosts WHERE host LIKE '\\'"
      })
  void aQueryThatOneEngineReadsDifferentlyIsRefused(String sql) {
    assertThatThrownBy(() -> PanelReader.read("bad", HEAD + sql))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Panel bad: the query is one SELECT");
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() {
    assertThatThrownBy(() -> PanelReader.read("bad", "-- title: Hosts\nSELECT 1"))
        .hasMessage("Panel bad: no \"about\"");
    assertThatThrownBy(() -> PanelReader.read("bad", HEAD + "-- colour: red\nSELECT 1"))
        .hasMessage("Panel bad: unknown \"colour\"");
    assertThatThrownBy(
            () -> PanelReader.read("bad", HEAD.replace("table\n", "cake\n") + "SELECT 1"))
        .hasMessage("Panel bad: no Chart is called cake");
    assertThatThrownBy(() -> PanelReader.read("bad", HEAD + "-- title: Again\nSELECT 1"))
        .hasMessage("Panel bad: line 7 is no new \"name: value\"");
  }
}
