package io.memlake.testdata.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.truth.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFleetTest {

  @TempDir Path folder;

  @Test
  void theStoryNeedsSevenHostsThreeOfThemOfOneBuild() throws IOException {
    List<DemoHost> hosts = DemoFleet.write(folder, DemoFleet.USUAL_HOSTS);

    assertThat(hosts)
        .extracting(DemoHost::name)
        .containsExactly(
            "WS-ALICE", "WS-BOB", "FS01", "APP02", "LEGACY07", "WS-BOB-BEFORE", "WS006");
    assertThat(hosts)
        .extracting(host -> host.truth().host().kernel().build())
        .containsExactly(22000, 19041, 20348, 17763, 7601, 19041, 19041);
    assertThat(hosts)
        .allSatisfy(
            host -> {
              assertThat(host.image()).startsWith(folder.resolve(host.name()));
              assertThat(Files.size(host.image())).isGreaterThan(90L << 20);
            });
    assertThat(hosts.get(2).image()).hasFileName("memory.dmp");
    assertThat(hosts)
        .filteredOn(host -> !host.planted().isEmpty())
        .extracting(DemoHost::name)
        .containsExactly("WS-BOB", "APP02");
  }

  @Test
  void plantedTracesAreInTheTruth() throws IOException {
    List<DemoHost> hosts = DemoFleet.write(folder, 4);

    assertThat(hosts)
        .flatExtracting(DemoHost::planted)
        .extracting(PlantedTrace::kind)
        .contains(PlantedTrace.Kind.values());
    assertThat(hosts)
        .allSatisfy(
            host ->
                assertThat(host.planted())
                    .allSatisfy(
                        trace ->
                            assertThat(host.truth().process(trace.pid()).name())
                                .isEqualTo(trace.process())));
    PlantedTrace hidden =
        hosts.get(1).planted().stream()
            .filter(trace -> trace.kind() == PlantedTrace.Kind.HIDDEN_PROCESS)
            .findFirst()
            .orElseThrow();
    assertThat(hosts.get(1).truth().process(hidden.pid()).presence()).isEqualTo(Presence.UNLINKED);
  }

  @Test
  void furtherHostsAreCleanAndHaveNamesOfTheirOwn() throws IOException {
    List<DemoHost> hosts = DemoFleet.write(folder, 8);

    assertThat(hosts).extracting(DemoHost::name).doesNotHaveDuplicates().hasSize(8);
    assertThat(hosts.subList(5, 8)).allSatisfy(host -> assertThat(host.planted()).isEmpty());
  }
}
