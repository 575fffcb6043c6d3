package io.memlake.testdata.golden;

import io.memlake.testdata.kernel.SystemClock;
import io.memlake.testdata.truth.HandleTruth;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ModuleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.ThreadTruth;
import io.memlake.testdata.truth.Truth;
import io.memlake.testdata.truth.VadTruth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rows that Volatility 3 2.11 prints for a machine with {@code -r jsonl}, made from the
 * machine's truth. Columns that say nothing of the machine ({@code File output}, {@code
 * __children}) are left out.
 *
 * <p>That reader scans pools in physical memory up to Windows 8.1 and in the kernel's address space
 * later, so offsets of scanned rows are physical or virtual. Virtual addresses keep their low 48
 * bits, except those of VAD nodes.
 */
public final class VolatilityRows {

  private static final int FIRST_BUILD_SCANNED_VIRTUALLY = 10240;
  private static final int FIRST_BUILD_WITHOUT_HANDLE_COUNT = 9200;
  private static final long ADDRESS_MASK = 0xFFFFFFFFFFFFL;

  private final Truth truth;

  /** Rows of a machine. */
  public VolatilityRows(Truth truth) {
    this.truth = truth;
  }

  /** Rows of {@code windows.pslist}. */
  public GoldenTable pslist() {
    return GoldenTable.of(
        truth.listed().stream()
            .map(process -> process(process, process.eprocess() & ADDRESS_MASK))
            .toList());
  }

  /** Rows of {@code windows.psscan}. */
  public GoldenTable psscan() {
    return GoldenTable.of(
        truth.processes().stream()
            .map(
                process ->
                    process(process, scanned(process.eprocess(), process.physicalEprocess())))
            .toList());
  }

  private long scanned(long virtualAddress, long physicalAddress) {
    return scansVirtually() ? virtualAddress & ADDRESS_MASK : physicalAddress;
  }

  private boolean scansVirtually() {
    return truth.host().kernel().build() >= FIRST_BUILD_SCANNED_VIRTUALLY;
  }

  private Map<String, Object> process(ProcessTruth process, long offset) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("PID", process.pid());
    row.put("PPID", process.ppid());
    row.put("ImageFileName", process.imageFileName());
    row.put("Offset(V)", offset);
    row.put("Threads", (long) process.activeThreads());
    boolean counted =
        truth.host().kernel().build() < FIRST_BUILD_WITHOUT_HANDLE_COUNT
            && process.objectTable() != 0;
    row.put("Handles", counted ? (long) process.handles().size() : null);
    row.put("SessionId", process.sessionId().map(Long::valueOf).orElse(null));
    row.put("Wow64", process.wow64());
    row.put("CreateTime", time(process.createTime()));
    row.put("ExitTime", time(process.exitTime()));
    return row;
  }

  /** Rows of {@code windows.cmdline} that hold a command line. */
  public GoldenTable cmdline() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProcessTruth process : withUserSpace()) {
      Map<String, Object> row = row(process);
      row.put("Args", process.commandLine());
      rows.add(row);
    }
    return GoldenTable.of(rows);
  }

  /** Rows of {@code windows.getsids} that name the user whom a process runs as. */
  public GoldenTable users() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProcessTruth process : truth.listed()) {
      Map<String, Object> row = row(process);
      row.put("SID", process.userSid());
      rows.add(row);
    }
    return GoldenTable.of(rows);
  }

  /** Rows of {@code windows.envars}. */
  public GoldenTable envars() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProcessTruth process : withUserSpace()) {
      process
          .environment()
          .forEach(
              (variable, value) -> {
                Map<String, Object> row = row(process);
                row.put("Variable", variable);
                row.put("Value", value);
                rows.add(row);
              });
    }
    return GoldenTable.of(rows);
  }

  /** Rows of {@code windows.dlllist}: the 64-bit list in load order. */
  public GoldenTable dlllist() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProcessTruth process : withUserSpace()) {
      for (ModuleTruth module : process.modules()) {
        Map<String, Object> row = row(process);
        row.put("Base", module.base());
        row.put("Size", module.size());
        row.put("Name", module.name());
        row.put("Path", module.path());
        row.put("LoadTime", time(module.loadTime()));
        rows.add(row);
      }
    }
    return GoldenTable.of(rows);
  }

  /** Rows of {@code windows.vadinfo}. */
  public GoldenTable vadinfo() {
    List<Map<String, Object>> rows = new ArrayList<>();
    boolean windows7 = truth.host().kernel().build() < FIRST_BUILD_WITHOUT_HANDLE_COUNT;
    for (ProcessTruth process : truth.listed()) {
      for (VadTruth vad : process.vads()) {
        Map<String, Object> row = row(process);
        row.put("Offset", vad.node());
        row.put("Start VPN", vad.start());
        row.put("End VPN", vad.end());
        row.put("Tag", vad.tag());
        row.put("Protection", protection(vad.protection()));
        row.put("CommitCharge", vad.commitCharge());
        row.put("PrivateMemory", vad.privateMemory() ? 1L : 0L);
        row.put("Parent", windows7 ? vad.parent() & ADDRESS_MASK : vad.parent());
        row.put("File", vad.file().isEmpty() ? null : vad.file());
        rows.add(row);
      }
    }
    return GoldenTable.of(rows);
  }

  private static String protection(int index) {
    return switch (index) {
      case 1 -> "PAGE_READONLY";
      case 3 -> "PAGE_EXECUTE_READ";
      case 4 -> "PAGE_READWRITE";
      case 6 -> "PAGE_EXECUTE_READWRITE";
      case 7 -> "PAGE_EXECUTE_WRITECOPY";
      default -> throw new IllegalArgumentException("No region has protection " + index);
    };
  }

  /** Rows of {@code windows.handles}. */
  public GoldenTable handles() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProcessTruth process : truth.listed()) {
      for (HandleTruth handle : process.handles()) {
        if (handle.storedTypeIndex() == 0) {
          continue; // That reader takes an encoded index of 0 for a free entry.
        }
        Map<String, Object> row = row(process);
        row.put("Offset", handle.object() & ADDRESS_MASK);
        row.put("HandleValue", handle.value());
        row.put("Type", handle.type());
        row.put("GrantedAccess", handle.access());
        row.put("Name", handleName(handle));
        rows.add(row);
      }
    }
    return GoldenTable.of(rows);
  }

  /** Key paths lose their first step: that reader stops at the root's control block. */
  private static String handleName(HandleTruth handle) {
    return handle.type().equals("Key")
        ? handle.name().substring("\\REGISTRY\\".length())
        : handle.name();
  }

  /** Rows of {@code windows.threads}: threads in the lists of listed processes. */
  public GoldenTable threads() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProcessTruth process : truth.listed()) {
      process.threads().stream()
          .filter(thread -> thread.exitTime() == 0)
          .forEach(thread -> rows.add(thread(process, thread, thread.ethread() & ADDRESS_MASK)));
    }
    return GoldenTable.of(rows);
  }

  /** Rows of {@code windows.thrdscan}: all threads in pool blocks. */
  public GoldenTable thrdscan() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProcessTruth process : truth.processes()) {
      for (ThreadTruth thread : process.threads()) {
        rows.add(thread(process, thread, scanned(thread.ethread(), thread.physicalEthread())));
      }
    }
    return GoldenTable.of(rows);
  }

  private static Map<String, Object> thread(ProcessTruth process, ThreadTruth thread, long offset) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Offset", offset);
    row.put("PID", process.pid());
    row.put("TID", thread.tid());
    row.put("StartAddress", thread.startAddress() & ADDRESS_MASK);
    row.put("CreateTime", time(thread.createTime()));
    row.put("ExitTime", time(thread.exitTime()));
    return row;
  }

  /** Rows of {@code windows.modules}. */
  public GoldenTable modules() {
    return GoldenTable.of(
        truth.kernelModules().stream()
            .map(
                module -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("Offset", module.entry() & ADDRESS_MASK);
                  row.put("Base", module.base() & ADDRESS_MASK);
                  row.put("Size", module.size());
                  row.put("Name", module.name());
                  row.put("Path", module.path());
                  return row;
                })
            .toList());
  }

  /** Rows of {@code windows.driverscan}. */
  public GoldenTable driverscan() {
    return GoldenTable.of(
        truth.drivers().stream()
            .map(
                driver -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("Offset", scanned(driver.object(), driver.physicalObject()));
                  row.put("Start", driver.start() & ADDRESS_MASK);
                  row.put("Size", driver.size());
                  row.put("Service Key", driver.serviceKey());
                  row.put("Driver Name", objectName(driver.name()));
                  row.put("Name", driver.name());
                  return row;
                })
            .toList());
  }

  private static String objectName(String path) {
    return path.substring(path.lastIndexOf('\\') + 1);
  }

  /** Those rows of {@code windows.info} that follow from the machine. */
  public GoldenTable info() {
    HostTruth host = truth.host();
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(variable("Kernel Base", hex(host.kernelBase())));
    rows.add(variable("DTB", hex(host.dtb())));
    rows.add(variable("Is64Bit", "True"));
    rows.add(variable("Major/Minor", "15." + host.kernel().build()));
    rows.add(variable("MachineType", "34404"));
    rows.add(variable("KeNumberProcessors", Integer.toString(host.processors())));
    rows.add(variable("NtSystemRoot", "C:\\Windows"));
    rows.add(variable("NtMajorVersion", Integer.toString(host.kernel().major())));
    rows.add(variable("NtMinorVersion", Integer.toString(host.kernel().minor())));
    return GoldenTable.of(rows);
  }

  private static String hex(long address) {
    return String.format(Locale.ROOT, "0x%x", address & ADDRESS_MASK);
  }

  private static Map<String, Object> variable(String name, String value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Variable", name);
    row.put("Value", value);
    return row;
  }

  private static Map<String, Object> row(ProcessTruth process) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("PID", process.pid());
    row.put("Process", process.imageFileName());
    return row;
  }

  private List<ProcessTruth> withUserSpace() {
    Stream<ProcessTruth> listed = truth.listed().stream();
    return listed.filter(process -> process.peb() != 0 && process.presence().isRunning()).toList();
  }

  /** That reader drops everything below a second. */
  private static String time(long fileTime) {
    if (fileTime == 0) {
      return null;
    }
    return SystemClock.instant(fileTime)
        .atOffset(ZoneOffset.UTC)
        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT));
  }
}
