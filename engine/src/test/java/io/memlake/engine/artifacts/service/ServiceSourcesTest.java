package io.memlake.engine.artifacts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.artifacts.HiveAnalysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.ServiceRegistryRow;
import io.memlake.schemas.row.ServiceRow;
import io.memlake.testdata.machine.ReferenceMachine;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.registry.HiveContent;
import io.memlake.testdata.registry.HiveFileWriter;
import io.memlake.testdata.registry.HiveSpec;
import io.memlake.testdata.registry.HiveTree;
import io.memlake.testdata.registry.StandardHives;
import io.memlake.testdata.system.SystemSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where services.exe and the registry do not agree about a service, its row says so. */
class ServiceSourcesTest {

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041, 22000})
  void servicesWithoutKeyAreTold(int build) throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .standardProcesses()
            .standardHives()
            .system(SystemSpec.usual().withoutKey("Spooler").withoutKey("Ntfs"))
            .build();

    assertThat(services(new SyntheticImage(machine)))
        .extracting(ServiceRow::getName, ServiceRow::getInDatabase, ServiceRow::getInRegistry)
        .containsExactly(
            tuple("Dhcp", true, true),
            tuple("Dnscache", true, true),
            tuple("EventLog", true, true),
            tuple("Spooler", true, false),
            tuple("RemoteRegistry", true, true),
            tuple("Tcpip", true, true),
            tuple("Ntfs", true, false));
  }

  @Test
  void everyServiceOfAUsualSystemHasAKey() throws IOException {
    SyntheticMachine machine = ReferenceMachine.systemBuilder(19041).standardHives().build();

    assertThat(services(new SyntheticImage(machine)))
        .hasSize(7)
        .allSatisfy(row -> assertThat(row.getInRegistry()).as(row.getName()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041})
  void withoutHivesTheRegistryIsNotHeldAgainstAnyService(int build) throws IOException {
    SyntheticMachine machine = ReferenceMachine.systemBuilder(build).build();

    assertThat(services(new SyntheticImage(machine)))
        .hasSize(7)
        .allSatisfy(
            row -> {
              assertThat(row.getInDatabase()).isTrue();
              assertThat(row.getInRegistry()).isNull();
              assertThat(row.getGaps()).contains("in_registry:unreadable");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041})
  void aKeyThatCannotBeReadMayBeThatOfAnyServiceNotMet(int build) throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .standardProcesses()
            .standardHives()
            .system(SystemSpec.usual().service("Ghost", "Ghost", 1, 1, 4, "").withoutKey("Ghost"))
            .build();
    SyntheticImage image = new SyntheticImage(machine);
    ServiceRegistryRow lost =
        HiveAnalysis.of(image, SampleMachines.embeddedSymbols())
            .rows(ServiceRegistryRow.class)
            .stream()
            .filter(row -> row.getName().equals("UpdateHelper"))
            .findFirst()
            .orElseThrow();
    image.putI64(physical(machine, lost.getForensicPath()) & -8, 0);

    assertThat(services(image))
        .extracting(ServiceRow::getName, ServiceRow::getInRegistry)
        .contains(tuple("Dnscache", true), tuple("Tcpip", true), tuple("Ghost", null))
        .doesNotContain(tuple("Ghost", false));
  }

  @Test
  void keysOfTheControlSetInUseCountAlone() throws IOException {
    HiveTree system = twoControlSets();
    system.key("Select").number("Current", 2);

    assertThat(services(mounted(system)))
        .extracting(ServiceRow::getName, ServiceRow::getInRegistry)
        .contains(tuple("Spooler", true), tuple("Dhcp", false), tuple("Dnscache", false));
  }

  @Test
  void withoutTheNumberOfTheControlSetNoServiceIsSaidToHaveNoKey() throws IOException {
    assertThat(services(mounted(twoControlSets())))
        .extracting(ServiceRow::getName, ServiceRow::getInRegistry)
        .contains(tuple("Dhcp", true), tuple("Spooler", null), tuple("Dnscache", null));
  }

  private static HiveTree twoControlSets() {
    HiveTree system = HiveTree.root("ROOT");
    system.key("ControlSet001\\Services\\DHCP").number("Type", 0x20);
    system.key("ControlSet002\\Services\\Spooler").number("Type", 0x110);
    return system;
  }

  private static SyntheticImage mounted(HiveTree system) {
    HiveContent content = HiveFileWriter.write(system, "SYSTEM", StandardHives.LAST_RUN);
    return new SyntheticImage(
        ReferenceMachine.systemBuilder(19041).hive(HiveSpec.machine("SYSTEM", content)).build());
  }

  private static List<ServiceRow> services(SyntheticImage image) throws IOException {
    List<ServiceRow> rows = new ArrayList<>();
    Analysis.view(
        image,
        SampleMachines.embeddedSymbols(),
        view -> new ServiceArtifact().collect(view, rows::add, error -> {}));
    return rows;
  }

  /** Where the cell lies that a row leads back to. */
  private static long physical(SyntheticMachine machine, String forensicPath) {
    String[] parts = forensicPath.split(":", -1);
    long address = Long.parseUnsignedLong(parts[parts.length - 1].substring("0x".length()), 16);
    return address < 0
        ? machine.kernelSpace().physical(address)
        : machine.processSpace(Long.parseLong(parts[1])).physical(address);
  }
}
