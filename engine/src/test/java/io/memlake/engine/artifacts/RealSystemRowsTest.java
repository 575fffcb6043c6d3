package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.schemas.row.DeviceRow;
import io.memlake.schemas.row.DriverIrpRow;
import io.memlake.schemas.row.DriverRow;
import io.memlake.schemas.row.KernelObjectRow;
import io.memlake.schemas.row.SystemCallRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drivers, devices, names and system calls of systems that really ran. */
class RealSystemRowsTest {
  private static MachineRows reactos;

  private static MachineRows reactos() throws IOException {
    if (reactos == null) {
      reactos = MachineRows.of(SampleMachines.reactos(), SampleMachines.reactosSymbols());
    }
    return reactos;
  }

  @Test
  void everyDriverOfReactosThatHasAnImageLiesInAModule() throws IOException {
    List<DriverRow> rows = reactos().table("drivers", DriverRow.class);

    assertThat(rows.size()).isGreaterThan(35);
    assertThat(rows.stream().filter(row -> row.getStart() != 0 && row.getModule() == null))
        .isEmpty();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.getInDirectory()).isTrue();
              assertThat(row.getName()).matches("\\\\(Driver|FileSystem)\\\\.+");
            });
    assertThat(rows)
        .filteredOn(row -> row.getName().equals("\\Driver\\Beep"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getModule()).isEqualTo("beep.sys");
              assertThat(row.getServiceKey()).isEqualTo("Beep");
              assertThat(row.getConfidence()).isEqualTo(100);
            });
  }

  @Test
  void requestsThatDriversOfReactosDoNotServeGoToTheKernel() throws IOException {
    List<DriverIrpRow> rows = reactos().table("driver_irps", DriverIrpRow.class);
    assertThat(rows.stream().filter(row -> "IopInvalidDeviceRequest".equals(row.getSymbol())))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.getTarget()).isEqualTo("kernel"));
    assertThat(rows.stream().filter(row -> row.getTarget().equals("none"))).isEmpty();
    // Its disk class driver registers the routines of the class library.
    assertThat(rows.stream().filter(row -> row.getTarget().equals("other")))
        .extracting(DriverIrpRow::getDriver)
        .contains("\\Driver\\Disk");
  }

  @Test
  void devicesOfReactosStandOnEachOther() throws IOException {
    List<DeviceRow> rows = reactos().table("devices", DeviceRow.class);
    assertThat(rows)
        .filteredOn(row -> row.getDriver().equals("ACPI_HAL") && row.getDepth() == 1)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getAttachedDriver()).isEqualTo("\\Driver\\acpi");
              assertThat(row.getDeviceType()).isEqualTo("FILE_DEVICE_ACPI");
            });
    assertThat(reactos().reasons("devices")).isEmpty();
  }

  @Test
  void theNamespaceOfReactosIsReadToTheEnd() throws IOException {
    List<KernelObjectRow> rows = reactos().table("kernel_objects", KernelObjectRow.class);

    assertThat(reactos().reasons("kernel_objects")).isEmpty();
    assertThat(rows.stream().filter(KernelObjectRow::getInTree).count()).isGreaterThan(250);
    assertThat(rows)
        .filteredOn(row -> "\\BaseNamedObjects\\Global".equals(row.getPath()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getTarget()).isEqualTo("\\BaseNamedObjects");
              assertThat(row.getCreateTime())
                  .isEqualTo(Instant.parse("2026-11-21T21:17:11.812500Z"));
              assertThat(row.getInScan()).isTrue();
            });
    assertThat(rows)
        .extracting(KernelObjectRow::getPath)
        .contains("\\Device\\CdRom0", "\\BaseNamedObjects\\LSA_RPC_SERVER_ACTIVE");
  }

  /** This kernel has addresses in its table where Windows has distances. */
  @Test
  void systemCallsOfReactosHaveTheirNames() throws IOException {
    List<SystemCallRow> rows = reactos().table("ssdt", SystemCallRow.class);

    List<SystemCallRow> kernel =
        rows.stream().filter(row -> row.getServiceTable().equals("nt")).toList();
    assertThat(kernel).hasSize(296);
    assertThat(kernel)
        .allSatisfy(
            row -> {
              assertThat(row.getSymbol()).startsWith("Nt");
              assertThat(row.getForeignPointer()).isFalse();
            });
    assertThat(kernel.get(0).getSymbol()).isEqualTo("NtAcceptConnectPort");
    assertThat(rows.stream().filter(row -> row.getServiceTable().equals("win32k")))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.getModule()).isEqualTo("win32k.sys"));
  }

  @Test
  void aFewPagesOfWindows10StillHoldTwoLinksAndACallback() throws IOException {
    MachineRows rows =
        MachineRows.of(SampleMachines.windows10Raw(), SampleMachines.embeddedSymbols());

    assertThat(rows.table("kernel_objects", KernelObjectRow.class))
        .extracting(row -> row.getType() + " " + row.getCreateTime() + " " + row.getInTree())
        .containsExactly(
            "SymbolicLink 2021-02-21T01:38:22.909611Z null",
            "SymbolicLink 2021-02-21T01:38:22.987765Z null");
    assertThat(rows.table("drivers", DriverRow.class)).isEmpty();
    assertThat(rows.reasons("kernel_objects"))
        .containsExactly("the root directory at 0xffffad0ec1033b70 is not in the image");
  }
}
