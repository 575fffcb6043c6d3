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
import io.memlake.schemas.row.UnloadedModuleRow;
import io.memlake.testdata.golden.GoldenTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of drivers, callbacks, sockets and services are those that Volatility 3 read from the same
 * machines; {@code golden/volatility3/README.md} says how, {@code docs/differences.md} what differs
 * and why.
 */
class SystemVolatilityRowsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/volatility3");
  private static final long ADDRESS_48_BITS = 0xFFFF_FFFF_FFFFL;
  private static final int FIRST_BUILD_SCANNED_VIRTUALLY = 10240;

  static List<Integer> builds() {
    return SystemMachines.builds();
  }

  private static List<Map<String, Object>> golden(int build, String plugin) throws IOException {
    return GoldenTable.readJsonLines(GOLDEN.resolve(build + "/" + plugin + ".jsonl")).rows();
  }

  private static <R> void check(List<R> rows, RowOf<R> form, List<Map<String, Object>> expected) {
    List<Map<String, Object>> actual = new ArrayList<>();
    rows.forEach(row -> actual.add(form.of(row)));
    assertThat(actual).isNotEmpty();
    String[] columns = actual.get(0).keySet().toArray(String[]::new);
    GoldenTable.of(actual).check(GoldenTable.of(expected).select(columns));
  }

  /** A row as Volatility prints it. */
  private interface RowOf<R> {
    Map<String, Object> of(R row);
  }

  private static List<Map<String, Object>> where(
      List<Map<String, Object>> rows, Predicate<Map<String, Object>> wanted) {
    return rows.stream().filter(wanted).toList();
  }

  private static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }

  /** It scans physical memory up to Windows 8.1 and the kernel's space later. */
  private static long offset(int build, Long virtualAddress, Long physicalAddress) {
    return build < FIRST_BUILD_SCANNED_VIRTUALLY
        ? physicalAddress
        : virtualAddress & ADDRESS_48_BITS;
  }

  private static Long cut(Long address) {
    return address == null ? null : address & ADDRESS_48_BITS;
  }

  private static String withoutExtension(String module) {
    return module == null ? null : module.substring(0, module.lastIndexOf('.'));
  }

  private static String time(Instant time) {
    return time == null
        ? null
        : time.atOffset(ZoneOffset.UTC)
            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT));
  }

  private static Map<String, Object> socket(NetworkRow row, long offset) {
    return row(
        "Offset", offset,
        "Proto", row.getProto(),
        "LocalAddr", row.getLocalAddr(),
        "LocalPort", row.getLocalPort(),
        "ForeignAddr", row.getForeignAddr(),
        "ForeignPort", row.getForeignPort(),
        "State", Objects.requireNonNullElse(row.getState(), ""),
        "PID", row.getPid(),
        "Owner", row.getOwner(),
        "Created", time(row.getCreated()));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void netscan(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("network", NetworkRow.class).stream()
            .filter(NetworkRow::getInScan)
            .toList(),
        row -> socket(row, offset(build, row.getObject(), row.getPhysicalAddress())),
        golden(build, "netscan"));
  }

  @ParameterizedTest
  @ValueSource(ints = {17763, 19041, 20348, 22000})
  void netstat(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("network", NetworkRow.class).stream()
            .filter(NetworkRow::getInTable)
            .toList(),
        row -> socket(row, row.getObject() & ADDRESS_48_BITS),
        golden(build, "netstat"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void driverscan(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("drivers", DriverRow.class),
        row ->
            row(
                "Offset", offset(build, row.getObject(), row.getPhysicalAddress()),
                "Start", cut(row.getStart()),
                "Size", row.getSize(),
                "Service Key", row.getServiceKey(),
                "Driver Name", row.getObjectName(),
                "Name", row.getName()),
        // Behind a pool header it takes several places for an object; those have no name.
        where(golden(build, "driverscan"), row -> row.get("Driver Name") != null));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void drivermodule(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("drivers", DriverRow.class).stream()
            .filter(row -> row.getModule() == null)
            .toList(),
        row ->
            row(
                "Offset", offset(build, row.getObject(), row.getPhysicalAddress()),
                "Service Key", row.getServiceKey(),
                "Alternative Name", row.getName()),
        golden(build, "drivermodule"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void driverirp(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("driver_irps", DriverIrpRow.class),
        row ->
            row(
                "Offset", offset(build, row.getObject(), row.getPhysicalAddress()),
                "Driver Name", row.getDriver().substring(row.getDriver().lastIndexOf('\\') + 1),
                "IRP", row.getIrp(),
                "Address", cut(row.getAddress()),
                "Module", withoutExtension(row.getModule())),
        where(golden(build, "driverirp"), row -> row.get("Driver Name") != null));
  }

  /** It leaves a driver at the end of its first stack, where it reads a device at address 0. */
  @ParameterizedTest
  @MethodSource("builds")
  void devicetree(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("devices", DeviceRow.class).stream()
            .filter(row -> row.getDeviceOrder() == 0)
            .toList(),
        row ->
            row(
                "Type", row.getDepth() == 0 ? "DEV" : "ATT",
                "DriverName", row.getDriver(),
                "DeviceName", row.getDeviceName(),
                "DriverNameOfAttDevice", row.getAttachedDriver(),
                "DeviceType", row.getDeviceType()),
        where(golden(build, "devicetree"), row -> !row.get("Type").equals("DRV")));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void mutantscan(int build) throws IOException {
    check(
        objects(build, "Mutant").stream()
            // On Windows 7 it takes the end of a block for the end of the object, which is wrong
            // for these, whose blocks have room behind.
            .filter(row -> build > 7601 || row.getName() == null || !isRoomy(row.getName()))
            .toList(),
        row ->
            row(
                "Offset", offset(build, row.getObject(), row.getPhysicalAddress()),
                "Name", row.getName()),
        golden(build, "mutantscan"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void symlinkscan(int build) throws IOException {
    check(
        objects(build, "SymbolicLink"),
        row ->
            row(
                "Offset", offset(build, row.getObject(), row.getPhysicalAddress()),
                "CreateTime", time(row.getCreateTime()),
                "From Name", row.getName(),
                "To Name", row.getTarget()),
        golden(build, "symlinkscan"));
  }

  private static boolean isRoomy(String mutant) {
    return mutant.startsWith("Svc");
  }

  private static List<KernelObjectRow> objects(int build, String type) throws IOException {
    return SystemMachines.rows(build).table("kernel_objects", KernelObjectRow.class).stream()
        .filter(row -> type.equals(row.getType()) && row.getInScan())
        .toList();
  }

  /** Its rows of pool blocks that an array holds, too, are one row here. */
  @ParameterizedTest
  @MethodSource("builds")
  void callbacks(int build) throws IOException {
    Set<String> notRead =
        Set.of(
            "ObRegisterCallbacks",
            "KeBugCheckCallbackListHead",
            "KeBugCheckReasonCallbackListHead");
    check(
        SystemMachines.rows(build).table("callbacks", CallbackRow.class).stream()
            .filter(row -> !notRead.contains(row.getType()))
            .toList(),
        row ->
            row(
                "Type", row.getType(),
                "Callback", cut(row.getAddress()),
                "Module", withoutExtension(row.getModule()),
                "Detail",
                    row.getType().equals("IoRegisterFsRegistrationChange")
                        ? null
                        : row.getDetail()),
        where(golden(build, "callbacks"), row -> !row.get("Type").equals("GenericKernelCallback")));
  }

  /** Entries that lead into no module have no row there. */
  @ParameterizedTest
  @MethodSource("builds")
  void ssdt(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("ssdt", SystemCallRow.class).stream()
            .filter(row -> row.getModule() != null)
            .toList(),
        row ->
            row(
                "Index", row.getNumber(),
                "Address", cut(row.getAddress()),
                "Module", withoutExtension(row.getModule()),
                "Symbol", row.getSymbol()),
        golden(build, "ssdt"));
  }

  /**
   * It cuts the stored pointer to 48 bits before it decodes it, so its routines are wrong and rows
   * without a readable one are left out; what it prints of the timers themselves is right.
   */
  @ParameterizedTest
  @MethodSource("builds")
  void timers(int build) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TimerRow row : SystemMachines.rows(build).table("timers", TimerRow.class)) {
      rows.add(
          row(
              "Offset", cut(row.getTimer()),
              "DueTime", row.getDueTimeText(),
              "Period(ms)", row.getPeriodMs().longValue(),
              "Signaled", row.getSignaled() ? "Yes" : "-"));
    }
    List<Map<String, Object>> expected =
        GoldenTable.of(golden(build, "timers"))
            .select("Offset", "DueTime", "Period(ms)", "Signaled")
            .rows();
    assertThat(rows).containsAll(expected);
  }

  @ParameterizedTest
  @MethodSource("builds")
  void bigpools(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("big_pool", BigPoolRow.class).stream()
            .filter(row -> !row.getFree())
            .toList(),
        row ->
            row(
                // The address is a pointer to it on Windows 7, and pointers are cut.
                "Allocation", build > 7601 ? row.getAddress() : cut(row.getAddress()),
                "Tag", row.getTag(),
                "PoolType", row.getPoolType(),
                "NumberOfBytes", row.getBytes(),
                "Status", "Allocated"),
        golden(build, "bigpools"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void unloadedmodules(int build) throws IOException {
    check(
        SystemMachines.rows(build).table("unloaded_modules", UnloadedModuleRow.class),
        row ->
            row(
                "Name", row.getName(),
                "StartAddress", row.getStart(),
                "EndAddress", row.getEnd(),
                "Time", time(row.getUnloadTime())),
        golden(build, "unloadedmodules"));
  }

  /**
   * It walks the chain again from each header, prints what it met before once more, and then gives
   * the place of the pointer for the place of the record.
   */
  @ParameterizedTest
  @MethodSource("builds")
  void svcscan(int build) throws IOException {
    List<ServiceRow> rows = SystemMachines.rows(build).table("services", ServiceRow.class);
    List<Map<String, Object>> golden = golden(build, "svcscan");
    Set<Map<String, Object>> distinct = new LinkedHashSet<>();
    golden.forEach(
        row -> {
          Map<String, Object> service = new TreeMap<>(row);
          service.remove("Offset");
          distinct.add(service);
        });

    check(
        rows,
        row ->
            row(
                "Order", row.getServiceOrder(),
                "PID", row.getPid(),
                "Start", row.getStart(),
                "State", row.getState(),
                "Type", row.getType(),
                "Name", row.getName(),
                "Display", row.getDisplay(),
                "Binary", row.getBinary()),
        List.copyOf(distinct));
    assertThat(golden.stream().map(row -> row.get("Offset")))
        .containsAll(rows.stream().map(ServiceRow::getRecord).toList());
  }
}
