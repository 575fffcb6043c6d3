package io.memlake.jobs.panels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PanelsTest {

  @Test
  void everyFileIsRegisteredOnce() throws IOException, URISyntaxException {
    Path folder = Path.of(Panels.class.getResource("/panels").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(Panels.all())
          .extracting(panel -> panel.id() + ".sql")
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void panelsOfTheFleetNeedNoParameters() {
    assertThat(Panels.ofFleet()).allSatisfy(panel -> assertThat(panel.parameters()).isEmpty());
  }

  @Test
  void everyPanelReadsTheTablesItNames() {
    for (Panel panel : Panels.all()) {
      for (String table : panel.tables()) {
        assertThat(panel.sql()).as(panel.id()).containsPattern("(FROM|JOIN) " + table + "\\b");
      }
    }
  }
}
