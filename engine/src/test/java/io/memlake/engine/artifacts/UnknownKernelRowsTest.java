package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.CallbackRow;
import io.memlake.schemas.row.DesktopRow;
import io.memlake.schemas.row.DriverRow;
import io.memlake.schemas.row.JobRow;
import io.memlake.schemas.row.NetworkRow;
import io.memlake.schemas.row.ServiceRow;
import io.memlake.schemas.row.SessionRow;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

/** A kernel whose update no symbol source knows has the layouts of its build and no symbols. */
class UnknownKernelRowsTest {
  private static final int BUILD = 19041;

  private static SyntheticImage withUnknownKernel(SyntheticMachine machine) {
    SyntheticImage image = new SyntheticImage(machine);
    long base = machine.truth().host().kernelBase();
    byte[] mark = "RSDS".getBytes(StandardCharsets.US_ASCII);
    for (long page = base; page < base + machine.truth().host().kernelSize(); page += 0x1000) {
      byte[] bytes = machine.kernelSpace().read(page, 0x1000);
      for (int at = 0; at + 24 < bytes.length; at += 4) {
        if (bytes[at] == mark[0]
            && bytes[at + 1] == mark[1]
            && bytes[at + 2] == mark[2]
            && bytes[at + 3] == mark[3]) {
          long guid = machine.kernelSpace().physical(page + at + 8);
          image.putI64(guid, ~image.i64(guid));
          return image;
        }
      }
    }
    throw new AssertionError("The kernel has no debug record");
  }

  @Test
  void scansGoOnWhereTablesThatNeedSymbolsSayWhatTheyLack() throws IOException {
    SyntheticMachine machine = SystemMachines.machine(BUILD);
    MachineRows rows = MachineRows.of(withUnknownKernel(machine), SampleMachines.embeddedSymbols());

    assertThat(rows.table("drivers", DriverRow.class))
        .hasSize(machine.truth().drivers().size())
        .allSatisfy(
            row -> {
              assertThat(row.getInDirectory()).isNull();
              assertThat(row.getInScan()).isTrue();
            });
    assertThat(rows.table("network", NetworkRow.class)).hasSize(15);
    assertThat(rows.table("services", ServiceRow.class)).hasSize(7);
    for (String table : List.of("ssdt", "timers", "big_pool", "unloaded_modules")) {
      assertThat(rows.table(table, SpecificRecordBase.class)).as(table).isEmpty();
      assertThat(rows.reasons(table)).as(table).isNotEmpty();
    }
    assertThat(rows.reasons("kernel_objects"))
        .containsExactly("ObpRootDirectoryObject is unknown or cannot be read");
  }

  @Test
  void jobsAndSessionsAreFoundWithoutTheKernelsVariables() throws IOException {
    SyntheticMachine machine = SessionRowsTest.machine(BUILD);
    MachineRows rows = MachineRows.of(withUnknownKernel(machine), SampleMachines.embeddedSymbols());

    assertThat(rows.table("jobs", JobRow.class))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.getInList()).isNull();
              assertThat(row.getInHandles()).isNull();
              assertThat(row.getInProcesses()).isTrue();
              assertThat(row.getInScan()).isTrue();
            });
    assertThat(rows.reasons("jobs")).containsExactly("its head is not known");
    assertThat(rows.table("sessions", SessionRow.class))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.getProcesses()).isNotEmpty();
              assertThat(row.getMissingProcesses()).isNull();
              assertThat(row.getWindowStations()).isNull();
            });
    assertThat(rows.table("desktops", DesktopRow.class)).isEmpty();
    assertThat(rows.reasons("desktops")).isNotEmpty();
  }

  @Test
  void aCallbackOfListsThatNobodyWalkedIsNotCalledHidden() throws IOException {
    SyntheticMachine machine = SystemMachines.machine(BUILD);
    MachineRows rows = MachineRows.of(withUnknownKernel(machine), SampleMachines.embeddedSymbols());

    assertThat(rows.table("callbacks", CallbackRow.class))
        .hasSize(7)
        .allSatisfy(
            row -> {
              assertThat(row.getInList()).isNull();
              assertThat(row.getInScan()).isTrue();
            });
    assertThat(rows.reasons("callbacks"))
        .singleElement()
        .asString()
        .startsWith("the addresses of IopFsNotifyChangeQueueHead, IopNotify")
        .endsWith("PspLoadImageNotifyRoutine are unknown");
  }
}
