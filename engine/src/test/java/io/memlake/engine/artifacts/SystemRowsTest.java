package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.row.BigPoolRow;
import io.memlake.schemas.row.CallbackRow;
import io.memlake.schemas.row.DeviceRow;
import io.memlake.schemas.row.DriverIrpRow;
import io.memlake.schemas.row.DriverRow;
import io.memlake.schemas.row.KernelObjectRow;
import io.memlake.schemas.row.NetworkRow;
import io.memlake.schemas.row.ServiceRow;
import io.memlake.schemas.row.SystemCallRow;
import io.memlake.schemas.row.TimerRow;
import io.memlake.testdata.truth.DriverTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.RoutineTruth;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was put into a system comes out as rows: what no other reader tells of it. */
class SystemRowsTest {
  private static final Set<Integer> WITH_TCPIP_SYMBOLS = Set.of(17763, 19041, 20348, 22000);

  static List<Integer> builds() {
    return SystemMachines.builds();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void everyDriverIsSeenByTheNamespaceAndByTheScan(int build) throws IOException {
    List<DriverTruth> truths = SystemMachines.machine(build).truth().drivers();
    List<DriverRow> rows = SystemMachines.rows(build).table("drivers", DriverRow.class);

    assertThat(rows)
        .extracting(DriverRow::getObject)
        .containsExactlyInAnyOrderElementsOf(truths.stream().map(DriverTruth::object).toList());
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.getInDirectory()).isTrue();
              assertThat(row.getInScan()).isTrue();
              assertThat(row.getConfidence()).isEqualTo(100);
            });
    assertThat(rows.stream().filter(row -> row.getModule() == null))
        .extracting(DriverRow::getName)
        .containsExactly("\\Driver\\hidden");
    assertThat(rows.stream().filter(row -> row.getIrpsForeign() > 0))
        .extracting(DriverRow::getName)
        .containsExactlyInAnyOrder("\\Driver\\disk", "\\Driver\\tcpip");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void routinesOfDriversThatLeadElsewhereSayWhere(int build) throws IOException {
    List<DriverIrpRow> hooked =
        SystemMachines.rows(build).table("driver_irps", DriverIrpRow.class).stream()
            .filter(DriverIrpRow::getForeignPointer)
            .toList();

    assertThat(hooked)
        .extracting(row -> row.getDriver() + " " + row.getIrp() + " " + row.getTarget())
        .containsExactlyInAnyOrder(
            "\\Driver\\disk IRP_MJ_DEVICE_CONTROL other",
            "\\Driver\\tcpip IRP_MJ_INTERNAL_DEVICE_CONTROL none");
    assertThat(hooked)
        .extracting(DriverIrpRow::getAddress)
        .containsExactlyInAnyOrderElementsOf(
            SystemMachines.machine(build).system().hooks().stream()
                .filter(hook -> hook.kind().startsWith("\\"))
                .map(RoutineTruth::address)
                .toList());
    assertThat(hooked.get(0).getModule()).isEqualTo("rootkit.sys");
    assertThat(hooked.get(1).getModule()).isNull();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void devicesStandInTheirStacks(int build) throws IOException {
    assertThat(SystemMachines.rows(build).table("devices", DeviceRow.class))
        .filteredOn(row -> row.getDriver().equals("disk"))
        .extracting(
            row ->
                row.getDeviceOrder()
                    + "."
                    + row.getDepth()
                    + " "
                    + row.getDeviceType()
                    + " "
                    + row.getAttachedDriver())
        .containsExactly(
            "0.0 FILE_DEVICE_DISK null",
            "0.1 FILE_DEVICE_DISK_FILE_SYSTEM \\Driver\\FLTMGR",
            "0.2 FILE_DEVICE_CONTROLLER \\Driver\\Wdf01000",
            "1.0 FILE_DEVICE_DISK null",
            "1.1 FILE_DEVICE_DISK \\Driver\\volmgr");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void callbacksAreThoseThatWereRegistered(int build) throws IOException {
    List<CallbackRow> rows = SystemMachines.rows(build).table("callbacks", CallbackRow.class);

    assertThat(rows.stream().filter(row -> !row.getType().equals("IoRegisterShutdownNotification")))
        .extracting(row -> line(row.getType(), row.getAddress(), row.getDetail()))
        .containsExactlyInAnyOrderElementsOf(
            SystemMachines.machine(build).system().routines().stream()
                .map(
                    truth ->
                        line(
                            truth.kind(),
                            truth.address(),
                            truth.detail().isEmpty() ? null : truth.detail()))
                .toList());
    assertThat(rows.stream().filter(CallbackRow::getForeignPointer))
        .extracting(CallbackRow::getType)
        .containsExactly("PspCreateProcessNotifyRoutine");
    assertThat(rows).allSatisfy(row -> assertThat(row.getInList()).isTrue());
    assertThat(rows.stream().filter(row -> row.getInScan() != null))
        .hasSize(7)
        .allSatisfy(row -> assertThat(row.getInScan()).isTrue());
  }

  private static String line(String type, long address, String detail) {
    return type + " " + Long.toHexString(address) + " " + detail;
  }

  @ParameterizedTest
  @MethodSource("builds")
  void theSystemCallThatLeadsBehindTheKernelIsTold(int build) throws IOException {
    List<RoutineTruth> hooks = SystemMachines.machine(build).system().hooks();
    assertThat(
            SystemMachines.rows(build).table("ssdt", SystemCallRow.class).stream()
                .filter(SystemCallRow::getForeignPointer))
        .extracting(SystemCallRow::getAddress)
        .containsExactly(hooks.get(hooks.size() - 1).address());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void timersHaveTheirRoutinesDecoded(int build) throws IOException {
    assertThat(SystemMachines.rows(build).table("timers", TimerRow.class))
        .isSortedAccordingTo(
            Comparator.comparing(TimerRow::getCpu).thenComparing(TimerRow::getBucket))
        .extracting(
            row ->
                row.getCpu()
                    + " "
                    + row.getModule()
                    + " "
                    + row.getForeignPointer()
                    + " "
                    + row.getPeriodMs()
                    + " "
                    + (row.getContext() == null || row.getContext().equals(row.getTimer())))
        .containsExactly(
            "0 tcpip.sys false 0 true",
            "0 ndis.sys false 1000 true",
            "0 null true 60000 true",
            "1 ntoskrnl.exe false 0 true",
            "1 null null 0 true");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void socketsThatNoTableLeadsToAreTold(int build) throws IOException {
    List<NetworkRow> rows = SystemMachines.rows(build).table("network", NetworkRow.class);

    assertThat(rows).hasSize(15).allSatisfy(row -> assertThat(row.getPid()).isNotNull());
    if (WITH_TCPIP_SYMBOLS.contains(build)) {
      assertThat(rows.stream().filter(row -> !row.getInTable()))
          .extracting(NetworkRow::getForeignAddr)
          .containsExactlyInAnyOrder("203.0.113.9", "198.51.100.7");
      assertThat(SystemMachines.rows(build).reasons("network")).isEmpty();
    } else {
      assertThat(rows).allSatisfy(row -> assertThat(row.getInTable()).isNull());
      assertThat(SystemMachines.rows(build).reasons("network"))
          .singleElement()
          .asString()
          .startsWith("no symbols of tcpip.sys ");
    }
  }

  @ParameterizedTest
  @MethodSource("builds")
  void eachRowOfSocketsNamesTheLayoutThatReadIt(int build) throws IOException {
    String layout =
        switch (build) {
          case 7601 -> "7600";
          case 14393 -> "10240";
          case 18362 -> "18363";
          case 22000 -> "20348";
          default -> Integer.toString(build);
        };
    assertThat(SystemMachines.rows(build).table("network", NetworkRow.class))
        .allSatisfy(row -> assertThat(row.getLayout()).isEqualTo(layout));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void theNamespaceHasItsObjectsUnderTheirFullNames(int build) throws IOException {
    List<KernelObjectRow> rows =
        SystemMachines.rows(build).table("kernel_objects", KernelObjectRow.class);

    assertThat(rows)
        .extracting(row -> row.getType() + " " + row.getPath())
        .contains(
            "Directory \\",
            "SymbolicLink \\GLOBAL??\\C:",
            "Mutant \\BaseNamedObjects\\RasPbFile",
            "Device \\Device\\Harddisk0\\DR0",
            "Driver \\Driver\\rootkit",
            "Section \\Sessions\\1\\BaseNamedObjects\\Shared");
    KernelObjectRow owned =
        rows.stream().filter(row -> row.getOwnerTid() != null).findFirst().orElseThrow();
    ProcessTruth owner = SystemMachines.machine(build).truth().process("explorer.exe");
    assertThat(owned.getName()).isEqualTo("RasPbFile");
    assertThat(owned.getOwnerPid().longValue()).isEqualTo(owner.pid());
    assertThat(rows.stream().filter(row -> !row.getInTree()))
        .singleElement()
        .satisfies(row -> assertThat(row.getType()).isEqualTo("Mutant"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void namesAreAlsoShownWithoutWhatDiffersFromHostToHost(int build) throws IOException {
    assertThat(SystemMachines.rows(build).table("kernel_objects", KernelObjectRow.class))
        .extracting(row -> row.getName() + " " + row.getNameNorm())
        .contains("RasPbFile raspbfile", "SM0:1234:120:WilStaging_02 sm0:*:*:wilstaging_02");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void bigPagesThatWereGivenBackAreKept(int build) throws IOException {
    assertThat(SystemMachines.rows(build).table("big_pool", BigPoolRow.class))
        .extracting(row -> row.getTag() + " " + row.getFree() + " " + row.getPagesPresent())
        .containsExactlyInAnyOrder("CM31 false 4", "Mm false 3", "smNp false 1", "NtFf true null");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void servicesAreFoundByTheirTagsAndByTheirChain(int build) throws IOException {
    assertThat(SystemMachines.rows(build).table("services", ServiceRow.class))
        .hasSize(7)
        .allSatisfy(
            row -> {
              assertThat(row.getInList()).isTrue();
              assertThat(row.getInScan()).isTrue();
              assertThat(row.getScmPid().longValue())
                  .isEqualTo(SystemMachines.machine(build).system().serviceManager());
            });
  }

  @ParameterizedTest
  @MethodSource("builds")
  void nothingElseIsReported(int build) throws IOException {
    for (String table :
        List.of(
            "drivers",
            "devices",
            "kernel_objects",
            "callbacks",
            "ssdt",
            "timers",
            "big_pool",
            "unloaded_modules",
            "services")) {
      assertThat(SystemMachines.rows(build).reasons(table)).as(table).isEmpty();
    }
  }
}
