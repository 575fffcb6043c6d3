package io.memlake.testdata.fleet;

import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.StandardProcesses;
import io.memlake.testdata.objects.Sid;
import io.memlake.testdata.process.CoreModules;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.ModuleSpec;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.system.SystemSpec;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One host of the fleet: its Windows, its format, what runs on it. */
final class Scenario {
  static final int ALICE = 0;
  static final int BOB = 1;
  static final int FILES = 2;
  static final int APPLICATION = 3;

  private static final int FIRST_ADDRESS = 21;
  private static final int SUBNET = 200;
  private static final int FILE_SHARES = 445;
  private static final int ALICES_PORT = 51920;
  private static final int[] FURTHER_BUILDS = {22000, 17763, 20348, 18362, 14393, 9600, 19041};

  /** 80 minutes after the machines started. */
  private static final Instant MORNING = Instant.parse("2024-03-05T06:42:31Z");

  private final String host;
  private final int build;
  private final long seed;
  private final List<UnaryOperator<MachineBuilder>> additions = new ArrayList<>();
  private final List<UnaryOperator<SystemSpec>> systems = new ArrayList<>();
  private final List<Function<Truth, PlantedTrace>> traces = new ArrayList<>();
  private String computer;
  private String address = "";
  private boolean crashDump;
  private List<Integer> compressed = List.of();

  private Scenario(String host, int build, long seed) {
    this.host = host;
    this.computer = host;
    this.build = build;
    this.seed = seed;
  }

  static Scenario of(int number) {
    Scenario scenario = make(number);
    scenario.address = address(scenario.computer.equals(DemoFleet.AFTER) ? BOB : number);
    return scenario;
  }

  /** Address of the host with that number. */
  static String address(int number) {
    return "10.0." + number / SUBNET + "." + (FIRST_ADDRESS + number % SUBNET);
  }

  private static Scenario make(int number) {
    return switch (number) {
      case ALICE -> alice();
      case BOB -> Intrusion.desktop(office(DemoFleet.AFTER, 19041, 102));
      case FILES -> fileServer();
      case APPLICATION -> Intrusion.server(application());
      case 4 -> office("LEGACY07", 7601, 105);
      case 5 -> before();
      default ->
          office(
              String.format(Locale.ROOT, "WS%03d", number),
              FURTHER_BUILDS[number % FURTHER_BUILDS.length],
              100L + number);
    };
  }

  private static Scenario alice() {
    return office("WS-ALICE", 22000, 101)
        .system(
            system ->
                system
                    .connection(
                        "msedge.exe",
                        address(ALICE),
                        50201,
                        "192.0.2.80",
                        443,
                        SystemSpec.ESTABLISHED)
                    .connection(
                        "System",
                        address(ALICE),
                        ALICES_PORT,
                        address(FILES),
                        FILE_SHARES,
                        SystemSpec.ESTABLISHED));
  }

  /** WS-BOB on the morning before the intruder came: a snapshot of the same boot. */
  private static Scenario before() {
    Scenario scenario = office(DemoFleet.BEFORE, 19041, 102);
    scenario.computer = DemoFleet.AFTER;
    return scenario.add(machine -> machine.time(MORNING, Duration.ofMinutes(80)));
  }

  /** A server that serves files; a command that its scheduler ran is over and freed. */
  private static Scenario fileServer() {
    Scenario scenario = new Scenario("FS01", 20348, 103);
    scenario.crashDump = true;
    return scenario
        .add(
            machine ->
                machine
                    .process(
                        new ProcessSpec("dfsrs.exe")
                            .parent("services.exe")
                            .path("C:\\Windows\\System32\\dfsrs.exe")
                            .startedAfter(Duration.ofSeconds(70))
                            .modules(CoreModules.services()))
                    .process(
                        new ProcessSpec("cmd.exe")
                            .parent("svchost.exe")
                            .commandLine("cmd.exe /c C:\\Scripts\\nightly.cmd")
                            .startedAfter(Duration.ofSeconds(7101))
                            .freedAfter(Duration.ofSeconds(1))))
        .system(
            system ->
                system.connection(
                    "System",
                    address(FILES),
                    FILE_SHARES,
                    address(ALICE),
                    ALICES_PORT,
                    SystemSpec.ESTABLISHED));
  }

  /** A server of web pages. */
  private static Scenario application() {
    return new Scenario("APP02", 17763, 104)
        .add(
            machine ->
                machine.process(
                    new ProcessSpec("w3wp.exe")
                        .parent("services.exe")
                        .path("C:\\Windows\\System32\\inetsrv\\w3wp.exe")
                        .user(Sid.NETWORK_SERVICE, 0)
                        .startedAfter(Duration.ofSeconds(60))
                        .threads(14)));
  }

  /** A desktop with the programs of an office. */
  private static Scenario office(String host, int build, long seed) {
    return new Scenario(host, build, seed).add(Scenario::programs);
  }

  private static MachineBuilder programs(MachineBuilder machine) {
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

  /** A program that the user started at that second. */
  static ProcessSpec user(String name, int second) {
    return new ProcessSpec(name)
        .parent("explorer.exe")
        .user(StandardProcesses.USER_SID, 1)
        .currentDirectory("C:\\Users\\alice\\")
        .startedAfter(Duration.ofSeconds(second))
        .environment("USERNAME", "alice")
        .environment("USERPROFILE", "C:\\Users\\alice")
        .modules(CoreModules.windows());
  }

  /** Puts something into the machine. */
  Scenario add(UnaryOperator<MachineBuilder> addition) {
    additions.add(addition);
    return this;
  }

  /** Puts something into what drivers, services and the network hold. */
  Scenario system(UnaryOperator<SystemSpec> addition) {
    systems.add(addition);
    return this;
  }

  /** Says that Windows compressed these pages of the region of injected code. */
  Scenario compress(List<Integer> pages) {
    compressed = pages;
    return this;
  }

  /** Tells what is suspicious in a process, which its path names, or its name if one has it. */
  Scenario trace(PlantedTrace.Kind kind, String process, String description) {
    traces.add(
        truth -> {
          ProcessTruth found =
              truth.processes().stream()
                  .filter(one -> one.imagePath().equals(process) || one.name().equals(process))
                  .findFirst()
                  .orElseThrow();
          return new PlantedTrace(kind, found.pid(), found.name(), description);
        });
    return this;
  }

  String host() {
    return host;
  }

  /** Name that the computer has: several moments of one machine share it. */
  String computer() {
    return computer;
  }

  /** Its address in the network. */
  String address() {
    return address;
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
    SystemSpec system = SystemSpec.usual(address);
    for (UnaryOperator<SystemSpec> addition : systems) {
      system = addition.apply(system);
    }
    return system;
  }

  /** Pages of the region of injected code that lie in the compressed store. */
  List<Integer> compressed() {
    return compressed;
  }

  MachineBuilder apply(MachineBuilder machine) {
    MachineBuilder made = machine;
    for (UnaryOperator<MachineBuilder> addition : additions) {
      made = addition.apply(made);
    }
    return made;
  }

  List<PlantedTrace> planted(Truth truth) {
    return traces.stream().map(trace -> trace.apply(truth)).toList();
  }
}
