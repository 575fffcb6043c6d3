package io.memlake.testdata.fleet;

import static io.memlake.testdata.fleet.PlantedTrace.Kind.BEACON_CONNECTION;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.CREDENTIAL_ACCESS;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.ENCODED_COMMAND;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.HIDDEN_PROCESS;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.HOOKED_DRIVER;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.HOOKED_MODULE;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.INJECTED_MEMORY;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.MASQUERADING;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.RARE_SERVICE;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.UNUSUAL_DRIVER;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.UNUSUAL_MODULE_PATH;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.UNUSUAL_PARENT;

import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.StandardProcesses;
import io.memlake.testdata.objects.Sid;
import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import io.memlake.testdata.process.CoreModules;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.ModuleSpec;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.system.SystemSpec;
import io.memlake.testdata.truth.Truth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One host of the story: its Windows, its format, what is put into it. */
final class Scenario {

  private static final int[] FURTHER_BUILDS = {22000, 17763, 20348, 18362, 14393, 9600, 19041};
  static final String SERVER = "https://cdn-update.example.net/gate";

  /** Number of SeDebugPrivilege. */
  private static final int DEBUG_PRIVILEGE = 20;

  /** A function of ntdll.dll that reports events, and what silences it: return at once. */
  private static final int PATCHED_CODE = 0x14C0;

  private static final byte[] RETURN = {(byte) 0xC3};

  /** Code that resolves a function by the hash of its name and calls it. */
  private static final byte[] CALL = {
    0x48,
    (byte) 0x83,
    (byte) 0xEC,
    0x28,
    (byte) 0xBA,
    0x31,
    0x74,
    0x5E,
    (byte) 0x8B,
    (byte) 0xFF,
    (byte) 0xD0,
    0x48,
    (byte) 0x83,
    (byte) 0xC4,
    0x28,
    (byte) 0xC3
  };

  private static final String LOCAL = "10.0.0.21";

  /** Where the intruder's programs report to; an address that is kept for documentation. */
  static final String BEACON = "203.0.113.66";

  private static final int DEVICE_CONTROL = 14;

  /** 80 minutes after the machines started. */
  private static final Instant MORNING = Instant.parse("2024-03-05T06:42:31Z");

  /**
   * Pages of the injected code that Windows compressed; the address of the server runs into one.
   */
  private static final List<Integer> COMPRESSED = List.of(2, 3);

  private static final int ADDRESS_AT = 0x1FF0;

  private final String host;
  private final int build;
  private final long seed;
  private final boolean crashDump;
  private final UnaryOperator<MachineBuilder> additions;
  private final List<Function<Truth, PlantedTrace>> traces = new ArrayList<>();
  private String computer;

  private Scenario(
      String host,
      int build,
      long seed,
      boolean crashDump,
      UnaryOperator<MachineBuilder> additions) {
    this.host = host;
    this.computer = host;
    this.build = build;
    this.seed = seed;
    this.crashDump = crashDump;
    this.additions = additions;
  }

  static Scenario of(int number) {
    return switch (number) {
      case 0 -> alice();
      case 1 -> bob();
      case 2 -> fileServer();
      case 3 -> application();
      case 4 -> new Scenario("LEGACY07", 7601, 105, false, Scenario::office);
      case 5 -> before();
      default ->
          new Scenario(
              String.format(Locale.ROOT, "WS%03d", number),
              FURTHER_BUILDS[number % FURTHER_BUILDS.length],
              100L + number,
              false,
              Scenario::office);
    };
  }

  private static Scenario alice() {
    Scenario scenario =
        new Scenario(
            "WS-ALICE",
            22000,
            101,
            false,
            machine ->
                office(machine)
                    .process(
                        user("powershell.exe", 2400)
                            .parent("WINWORD.EXE")
                            .path("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe")
                            .commandLine(
                                "powershell.exe -nop -w hidden -enc "
                                    + "SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAA=="))
                    .process(
                        user("svchost.exe", 2460)
                            .parent("powershell.exe")
                            .path("C:\\Users\\alice\\AppData\\Local\\Temp\\svchost.exe")
                            .commandLine(
                                "C:\\Users\\alice\\AppData\\Local\\Temp\\svchost.exe -k netsvcs")
                            .enabledPrivilege(DEBUG_PRIVILEGE)
                            .handles(HandleSpec.named("Mutant", "\\BaseNamedObjects\\7f3a-gate"))
                            .privateRegion(0x10000, Protection.READ_WRITE, text(SERVER))));
    return scenario
        .trace(UNUSUAL_PARENT, "powershell.exe", "a word processor started PowerShell")
        .trace(ENCODED_COMMAND, "powershell.exe", "the command line is encoded")
        .traceLast(MASQUERADING, "svchost.exe", "svchost.exe runs from a user's Temp folder");
  }

  private static Scenario bob() {
    Scenario scenario =
        new Scenario(
            "WS-BOB",
            19041,
            102,
            false,
            machine ->
                office(machine)
                    .process(
                        user("svchost.exe", 5100)
                            .path("C:\\ProgramData\\svchost.exe")
                            .parentPid(0x1A2C)
                            .hidden()
                            .threads(3)
                            .patched("ntdll.dll", PATCHED_CODE, RETURN)
                            .modules(
                                ModuleSpec.x64(
                                    "C:\\Users\\Public\\Libraries\\wlanhlp.dll", 0x26000))
                            .privateRegion(0x10000, Protection.READ_WRITE, text(SERVER))));
    return scenario
        .traceLast(HIDDEN_PROCESS, "svchost.exe", "a running process is in no list")
        .traceLast(MASQUERADING, "svchost.exe", "svchost.exe runs from ProgramData")
        .traceLast(HOOKED_MODULE, "svchost.exe", "its ntdll.dll was changed to report no events")
        .traceLast(BEACON_CONNECTION, "svchost.exe", "it talks to the intruder's server")
        .traceLast(UNUSUAL_MODULE_PATH, "svchost.exe", "a library was loaded from a public folder");
  }

  /** WS-BOB on the morning before the intruder came: a snapshot of the same boot. */
  private static Scenario before() {
    Scenario scenario =
        new Scenario(
            "WS-BOB-BEFORE",
            19041,
            102,
            false,
            machine -> office(machine.time(MORNING, Duration.ofMinutes(80))));
    scenario.computer = "WS-BOB";
    return scenario;
  }

  private static Scenario fileServer() {
    Scenario scenario =
        new Scenario(
            "FS01",
            20348,
            103,
            true,
            machine ->
                machine
                    .process(
                        new ProcessSpec("PSEXESVC.exe")
                            .parent("services.exe")
                            .path("C:\\Windows\\PSEXESVC.exe")
                            .startedAfter(Duration.ofSeconds(7100))
                            .modules(CoreModules.services()))
                    .process(
                        new ProcessSpec("cmd.exe")
                            .parent("PSEXESVC.exe")
                            .commandLine("cmd.exe /c whoami")
                            .startedAfter(Duration.ofSeconds(7101))
                            .freedAfter(Duration.ofSeconds(1)))
                    .process(
                        new ProcessSpec("rundll32.exe")
                            .parent("PSEXESVC.exe")
                            .commandLine(
                                "rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 640 C:\\Windows\\Temp\\l.bin full")
                            .startedAfter(Duration.ofSeconds(7130))
                            .modules(ModuleSpec.system("comsvcs.dll", 0x1D8000))
                            .handles(
                                HandleSpec.process("lsass.exe", 0x1FFFFF),
                                HandleSpec.file("C:\\Windows\\Temp\\l.bin"))));
    return scenario
        .trace(UNUSUAL_PARENT, "rundll32.exe", "a remote execution service started rundll32.exe")
        .trace(CREDENTIAL_ACCESS, "rundll32.exe", "it holds all rights to lsass.exe");
  }

  private static Scenario application() {
    Scenario scenario =
        new Scenario(
            "APP02",
            17763,
            104,
            false,
            machine ->
                machine
                    .kernelModule("mssmb64.sys", "\\??\\C:\\Windows\\Temp\\mssmb64.sys", 0xB000)
                    .process(
                        new ProcessSpec("WmiPrvSE.exe")
                            .parent("svchost.exe")
                            .path("C:\\Windows\\System32\\wbem\\WmiPrvSE.exe")
                            .startedAfter(Duration.ofSeconds(8000))
                            .privateRegion(0x6000, Protection.EXECUTE_READ_WRITE, injectedImage()))
                    .process(
                        new ProcessSpec("w3wp.exe")
                            .parent("services.exe")
                            .path("C:\\Windows\\System32\\inetsrv\\w3wp.exe")
                            .user(Sid.NETWORK_SERVICE, 0)
                            .startedAfter(Duration.ofSeconds(60))
                            .threads(14)));
    return scenario
        .trace(
            INJECTED_MEMORY,
            "WmiPrvSE.exe",
            "executable private memory holds an image, part of which is compressed")
        .trace(BEACON_CONNECTION, "WmiPrvSE.exe", "it talks to the intruder's server")
        .trace(HOOKED_DRIVER, "System", "a dispatch routine of disk leads out of every module")
        .trace(RARE_SERVICE, "System", "a driver service that no other host has")
        .trace(UNUSUAL_DRIVER, "System", "a driver was loaded from a temporary folder");
  }

  /** The programs of an office desktop. */
  private static MachineBuilder office(MachineBuilder machine) {
    return machine
        .process(
            user("WINWORD.EXE", 1800)
                .path("C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE")
                .commandLine(
                    "\"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE\" /n"
                        + " \"C:\\Users\\alice\\Downloads\\invoice.docm\"")
                .handles(HandleSpec.file("C:\\Users\\alice\\Downloads\\invoice.docm")))
        .process(
            user("msedge.exe", 600)
                .path("C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe")
                .threads(11))
        .process(
            user("teamsync.exe", 120)
                .path("C:\\Program Files (x86)\\TeamSync\\teamsync.exe")
                .wow64()
                .modules(ModuleSpec.wow("WS2_32.dll", 0x63000)))
        .process(user("notepad.exe", 3000).terminatedAfter(Duration.ofMinutes(4)));
  }

  private static ProcessSpec user(String name, int second) {
    return new ProcessSpec(name)
        .parent("explorer.exe")
        .user(StandardProcesses.USER_SID, 1)
        .currentDirectory("C:\\Users\\alice\\")
        .startedAfter(Duration.ofSeconds(second))
        .environment("USERNAME", "alice")
        .environment("USERPROFILE", "C:\\Users\\alice")
        .modules(CoreModules.windows());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * An image as a loader that copies itself leaves it: headers, code, and the address of its server
   * across the border of two pages.
   */
  private static byte[] injectedImage() {
    byte[] image = new byte[0x6000];
    byte[] headers =
        PeImage.x64(0x6000, 0x65E00000, true)
            .section(new PeSection(".text", 0x1000, 0x4000, PeSection.CODE))
            .parts(0x180000000L)
            .get(0);
    System.arraycopy(headers, 0, image, 0, headers.length);
    for (int at = 0x1000; at < image.length; at += CALL.length) {
      System.arraycopy(CALL, 0, image, at, Math.min(CALL.length, image.length - at));
    }
    byte[] address = text(SERVER);
    System.arraycopy(address, 0, image, ADDRESS_AT, address.length);
    return image;
  }

  private Scenario trace(PlantedTrace.Kind kind, String process, String description) {
    traces.add(truth -> new PlantedTrace(kind, truth.process(process).pid(), process, description));
    return this;
  }

  /** A trace in the process of that name that was made last. */
  private Scenario traceLast(PlantedTrace.Kind kind, String process, String description) {
    traces.add(
        truth ->
            new PlantedTrace(
                kind,
                truth.processes().stream()
                    .filter(candidate -> candidate.name().equals(process))
                    .reduce((first, second) -> second)
                    .orElseThrow()
                    .pid(),
                process,
                description));
    return this;
  }

  String host() {
    return host;
  }

  /** Name that the computer has: several moments of one machine share it. */
  String computer() {
    return computer;
  }

  int build() {
    return build;
  }

  long seed() {
    return seed;
  }

  boolean crashDump() {
    return crashDump;
  }

  /** What drivers, services and the network of the host hold. */
  SystemSpec system() {
    SystemSpec usual = SystemSpec.usual();
    return switch (host) {
      case "WS-ALICE" ->
          usual
              .connection("powershell.exe", LOCAL, 50122, BEACON, 443, SystemSpec.CLOSE_WAIT)
              .connection(
                  "C:\\Users\\alice\\AppData\\Local\\Temp\\svchost.exe",
                  LOCAL,
                  50133,
                  BEACON,
                  443,
                  SystemSpec.ESTABLISHED)
              .connection("msedge.exe", LOCAL, 50201, "192.0.2.80", 443, SystemSpec.ESTABLISHED);
      case "WS-BOB" ->
          usual.unlistedConnection(
              "C:\\ProgramData\\svchost.exe", LOCAL, 51877, BEACON, 443, SystemSpec.ESTABLISHED);
      case "FS01" ->
          usual
              .connection("System", LOCAL, 445, "10.0.0.34", 51920, SystemSpec.ESTABLISHED)
              .service("PSEXESVC", "PSEXESVC", 0x10, 3, 4, "PSEXESVC.exe");
      case "APP02" ->
          usual
              .hook("disk", DEVICE_CONTROL, "")
              .service("mssmb64", "Microsoft SMB Helper", 0x1, 2, 4, "")
              .connection("WmiPrvSE.exe", LOCAL, 49931, BEACON, 8443, SystemSpec.ESTABLISHED);
      default -> usual;
    };
  }

  /** Pages of the region of injected code that lie in the compressed store. */
  List<Integer> compressed() {
    return host.equals("APP02") ? COMPRESSED : List.of();
  }

  MachineBuilder apply(MachineBuilder machine) {
    return additions.apply(machine);
  }

  List<PlantedTrace> planted(Truth truth) {
    return traces.stream().map(trace -> trace.apply(truth)).toList();
  }
}
