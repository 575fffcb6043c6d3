package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.BigPoolRow;
import io.memlake.schemas.row.CallbackRow;
import io.memlake.schemas.row.DeviceRow;
import io.memlake.schemas.row.DriverRow;
import io.memlake.schemas.row.KernelObjectRow;
import io.memlake.schemas.row.NetworkRow;
import io.memlake.schemas.row.ServiceRow;
import io.memlake.schemas.row.TimerRow;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looped chains, wild pointers and absurd sizes end walks, never the analysis. */
class DamagedSystemRowsTest {
  private static final int BUILD = 19041;

  private final SyntheticMachine machine = SystemMachines.machine(BUILD);
  private final SyntheticImage image = new SyntheticImage(machine);
  private final KernelLayout facts = KernelLayout.bundled(BUILD, "system");

  private MachineRows rows() throws IOException {
    return MachineRows.of(image, SampleMachines.embeddedSymbols());
  }

  private long kernel(String symbol) {
    return machine.truth().host().kernelBase()
        + (facts.hasSymbol(symbol) ? facts.symbol(symbol) : machine.layout().symbol(symbol));
  }

  private void put(long virtualAddress, long value) {
    image.putI64(machine.kernelSpace().physical(virtualAddress), value);
  }

  private long get(long virtualAddress) {
    return image.i64(machine.kernelSpace().physical(virtualAddress));
  }

  @Test
  void aDirectoryChainThatLeadsBackIsLeft() throws IOException {
    long root = get(kernel("ObpRootDirectoryObject"));
    int bucket = 0;
    while (get(root + bucket * 8L) == 0) {
      bucket++;
    }
    long entry = get(root + bucket * 8L);
    put(entry, entry);

    MachineRows rows = rows();

    assertThat(rows.reasons("kernel_objects"))
        .singleElement()
        .asString()
        .startsWith("a chain of directory \\ leads back to entry 0x");
    assertThat(rows.table("kernel_objects", KernelObjectRow.class).size()).isGreaterThan(5);
  }

  @Test
  void aDirectoryThatHoldsItselfIsReadOnce() throws IOException {
    long root = get(kernel("ObpRootDirectoryObject"));
    int bucket = 0;
    while (get(root + bucket * 8L) == 0) {
      bucket++;
    }
    put(get(root + bucket * 8L) + 8, root);

    assertThat(rows().table("kernel_objects", KernelObjectRow.class).size()).isGreaterThan(5);
  }

  @Test
  void wildPointersInBucketsAreGaps() throws IOException {
    long root = get(kernel("ObpRootDirectoryObject"));
    for (int bucket = 0; bucket < 37; bucket++) {
      put(root + bucket * 8L, 0x4141414141414141L);
    }

    MachineRows rows = rows();

    assertThat(rows.reasons("kernel_objects")).hasSize(33);
    assertThat(rows.table("drivers", DriverRow.class))
        .hasSize(16)
        .allSatisfy(row -> assertThat(row.getInScan()).isTrue());
  }

  @Test
  void deviceChainsThatLoopEndWhereTheyBegan() throws IOException {
    List<DeviceRow> before =
        SystemMachines.rows(BUILD).table("devices", DeviceRow.class).stream()
            .filter(row -> row.getDriver().equals("disk") && row.getDepth() == 0)
            .toList();
    put(before.get(1).getObject() + 0x10, before.get(0).getObject());
    put(before.get(0).getObject() + 0x18, before.get(0).getObject());

    MachineRows rows = rows();

    assertThat(rows.reasons("devices"))
        .anySatisfy(reason -> assertThat(reason).contains("the chain of devices leads to"))
        .anySatisfy(reason -> assertThat(reason).contains("a device stack leads to"));
    assertThat(rows.table("devices", DeviceRow.class).size()).isLessThan(40);
  }

  @Test
  void aTimerListThatLeadsNowhereIsToldAndTheOthersAreRead() throws IOException {
    TimerRow timer = SystemMachines.rows(BUILD).table("timers", TimerRow.class).get(0);
    put(timer.getTimer() + 0x20, 0xFFFF900000000008L);
    put(timer.getTimer() + 0x28, 0);

    MachineRows rows = rows();

    assertThat(rows.reasons("timers")).isNotEmpty();
    assertThat(rows.table("timers", TimerRow.class).size()).isBetween(4, 5);
  }

  @Test
  void aTableOfBigPagesWithAnAbsurdSizeIsReadToItsEnd() throws IOException {
    put(kernel("PoolBigPageTableSize"), 0x7FFFFFFFFFFFFFFFL);

    MachineRows rows = rows();

    assertThat(rows.table("big_pool", BigPoolRow.class))
        .extracting(BigPoolRow::getTag)
        .contains("CM31", "smNp", "NtFf")
        .hasSizeLessThan(32);
    assertThat(rows.reasons("big_pool"))
        .singleElement()
        .asString()
        .endsWith(" of 16777216 slots are not in the image");
  }

  @Test
  void aRegistrationThatPointsToItselfIsCountedOnce() throws IOException {
    long entry = get(kernel("CallbackListHead"));
    put(entry, entry);

    MachineRows rows = rows();

    assertThat(rows.reasons("callbacks")).isNotEmpty();
    assertThat(
            rows.table("callbacks", CallbackRow.class).stream()
                .filter(row -> row.getType().equals("CmRegisterCallbackEx")))
        .hasSize(2);
  }

  @Test
  void socketsSurviveAPartitionTableThatIsGone() throws IOException {
    long driver =
        machine.truth().kernelModules().stream()
            .filter(module -> module.name().equals("tcpip.sys"))
            .findFirst()
            .orElseThrow()
            .base();
    KernelLayout tcpip = KernelLayout.bundled(BUILD, "tcpip");
    put(driver + tcpip.symbol("PartitionTable"), 0xFFFF900000000000L);
    put(driver + tcpip.symbol("TcpCompartmentSet"), 0x1234);

    MachineRows rows = rows();

    assertThat(rows.table("network", NetworkRow.class)).hasSize(15);
    assertThat(rows.reasons("network"))
        .contains("the port pool behind TcpCompartmentSet is not in the image");
  }

  @Test
  void aServiceThatIsItsOwnPredecessorDoesNotHoldTheWalk() throws IOException {
    ServiceRow last = SystemMachines.rows(BUILD).table("services", ServiceRow.class).get(6);
    long manager = machine.system().serviceManager();
    image.putI64(machine.processSpace(manager).physical(last.getRecord() + 0x10), last.getRecord());

    assertThat(rows().table("services", ServiceRow.class)).hasSize(7);
  }
}
