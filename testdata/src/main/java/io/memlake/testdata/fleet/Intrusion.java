package io.memlake.testdata.fleet;

import static io.memlake.testdata.fleet.PlantedTrace.Kind.AUTOSTART;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.BEACON_CONNECTION;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.CREDENTIAL_ACCESS;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.ENCODED_COMMAND;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.HIDDEN_PROCESS;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.HOOKED_DRIVER;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.HOOKED_MODULE;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.INJECTED_MEMORY;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.INJECTED_THREAD;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.KERNEL_CALLBACK;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.LATERAL_MOVEMENT;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.MASQUERADING;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.RARE_SERVICE;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.UNUSUAL_DRIVER;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.UNUSUAL_MODULE_PATH;
import static io.memlake.testdata.fleet.PlantedTrace.Kind.UNUSUAL_PARENT;

import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import io.memlake.testdata.process.CoreModules;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.ModuleSpec;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.system.SystemSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What the intruder left, on two hosts and nowhere else.
 *
 * <p>On the desktop a document starts an encoded PowerShell, which drops a program that calls
 * itself svchost.exe; a second one is hidden, has silenced its ntdll.dll and loaded a library from
 * a public folder. From there the intruder runs commands on the server, reads the passwords, and
 * stays inside WmiPrvSE.exe: injected code, partly compressed, with a driver and its service. Both
 * hosts report to the same server.
 */
final class Intrusion {
  static final String SERVER = "https://cdn-update.example.net/gate";

  /** Where the intruder's programs report to; an address that is kept for documentation. */
  static final String BEACON = "203.0.113.66";

  private static final String DROPPED = "C:\\Users\\alice\\AppData\\Local\\Temp\\svchost.exe";
  private static final String HIDDEN = "C:\\ProgramData\\svchost.exe";
  private static final String HOST_OF_CODE = "WmiPrvSE.exe";

  /** Number of SeDebugPrivilege. */
  private static final int DEBUG_PRIVILEGE = 20;

  private static final int DEVICE_CONTROL = 14;

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

  /**
   * Pages of the injected code that Windows compressed; the address of the server runs into one.
   */
  private static final List<Integer> COMPRESSED = List.of(2, 3);

  private static final int ADDRESS_AT = 0x1FF0;

  /** Where the injected code starts: in a page that stayed in memory. */
  private static final int ENTRY_POINT = 0x1000;

  private static final int FILE_SHARES = 445;
  private static final int SPREAD_PORT = 51934;

  private Intrusion() {}

  /** Puts into a desktop what the intruder left there. */
  static Scenario desktop(Scenario clean) {
    return clean
        .add(
            machine ->
                machine
                    .process(hidden())
                    .process(powerShell())
                    .process(dropped())
                    .autostart("GateSync", DROPPED + " -k netsvcs"))
        .system(
            system ->
                system
                    .unlistedConnection(
                        HIDDEN, clean.address(), 51877, BEACON, 443, SystemSpec.ESTABLISHED)
                    .connection(
                        "powershell.exe",
                        clean.address(),
                        50122,
                        BEACON,
                        443,
                        SystemSpec.CLOSE_WAIT)
                    .connection(
                        DROPPED, clean.address(), 50133, BEACON, 443, SystemSpec.ESTABLISHED)
                    .connection(
                        "System",
                        clean.address(),
                        SPREAD_PORT,
                        Scenario.address(Scenario.APPLICATION),
                        FILE_SHARES,
                        SystemSpec.ESTABLISHED))
        .trace(UNUSUAL_PARENT, "powershell.exe", "a word processor started PowerShell")
        .trace(ENCODED_COMMAND, "powershell.exe", "the command line is encoded")
        .trace(MASQUERADING, DROPPED, "svchost.exe runs from a user's Temp folder")
        .trace(HIDDEN_PROCESS, HIDDEN, "a running process is in no list")
        .trace(MASQUERADING, HIDDEN, "svchost.exe runs from ProgramData")
        .trace(HOOKED_MODULE, HIDDEN, "its ntdll.dll was changed to report no events")
        .trace(BEACON_CONNECTION, HIDDEN, "it talks to the intruder's server")
        .trace(UNUSUAL_MODULE_PATH, HIDDEN, "a library was loaded from a public folder")
        .trace(AUTOSTART, DROPPED, "a run key of the user starts it again")
        .trace(LATERAL_MOVEMENT, "System", "the server's shares are open from here");
  }

  /** Puts into a server what the intruder left there. */
  static Scenario server(Scenario clean) {
    return clean
        .add(
            machine ->
                machine
                    .kernelModule("mssmb64.sys", "\\??\\C:\\Windows\\Temp\\mssmb64.sys", 0xB000)
                    .process(hostOfCode())
                    .process(remoteService())
                    .process(credentialReader()))
        .compress(COMPRESSED)
        .system(
            system ->
                system
                    .hook("disk", DEVICE_CONTROL, "")
                    .watcher("mssmb64.sys")
                    .service("mssmb64", "Microsoft SMB Helper", 0x1, 2, 4, "")
                    .service("PSEXESVC", "PSEXESVC", 0x10, 3, 4, "PSEXESVC.exe")
                    .connection(
                        HOST_OF_CODE, clean.address(), 49931, BEACON, 8443, SystemSpec.ESTABLISHED)
                    .connection(
                        "System",
                        clean.address(),
                        FILE_SHARES,
                        Scenario.address(Scenario.BOB),
                        SPREAD_PORT,
                        SystemSpec.ESTABLISHED))
        .trace(UNUSUAL_PARENT, "rundll32.exe", "a remote execution service started rundll32.exe")
        .trace(CREDENTIAL_ACCESS, "rundll32.exe", "it holds all rights to lsass.exe")
        .trace(
            INJECTED_MEMORY,
            HOST_OF_CODE,
            "executable private memory holds an image, part of which is compressed")
        .trace(INJECTED_THREAD, HOST_OF_CODE, "a thread starts in that memory")
        .trace(KERNEL_CALLBACK, "System", "the driver hears of every process that starts")
        .trace(BEACON_CONNECTION, HOST_OF_CODE, "it talks to the intruder's server")
        .trace(HOOKED_DRIVER, "System", "a dispatch routine of disk leads out of every module")
        .trace(RARE_SERVICE, "System", "a driver service that no other host has")
        .trace(UNUSUAL_DRIVER, "System", "a driver was loaded from a temporary folder");
  }

  private static ProcessSpec hidden() {
    return Scenario.user("svchost.exe", 5100)
        .path(HIDDEN)
        .parentPid(0x1A2C)
        .hidden()
        .threads(3)
        .patched("ntdll.dll", PATCHED_CODE, RETURN)
        .modules(ModuleSpec.x64("C:\\Users\\Public\\Libraries\\wlanhlp.dll", 0x26000))
        .privateRegion(0x10000, Protection.READ_WRITE, text(SERVER));
  }

  private static ProcessSpec powerShell() {
    return Scenario.user("powershell.exe", 2400)
        .parent("WINWORD.EXE")
        .path("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe")
        .commandLine(
            "powershell.exe -nop -w hidden -enc "
                + "SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAA==");
  }

  private static ProcessSpec dropped() {
    return Scenario.user("svchost.exe", 2460)
        .parent("powershell.exe")
        .path(DROPPED)
        .commandLine(DROPPED + " -k netsvcs")
        .enabledPrivilege(DEBUG_PRIVILEGE)
        .handles(HandleSpec.named("Mutant", "\\BaseNamedObjects\\7f3a-gate"))
        .privateRegion(0x10000, Protection.READ_WRITE, text(SERVER));
  }

  private static ProcessSpec hostOfCode() {
    return new ProcessSpec(HOST_OF_CODE)
        .parent("svchost.exe")
        .path("C:\\Windows\\System32\\wbem\\WmiPrvSE.exe")
        .startedAfter(Duration.ofSeconds(8000))
        .privateRegion(0x6000, Protection.EXECUTE_READ_WRITE, injectedImage())
        .threadInRegion(ENTRY_POINT);
  }

  private static ProcessSpec remoteService() {
    return new ProcessSpec("PSEXESVC.exe")
        .parent("services.exe")
        .path("C:\\Windows\\PSEXESVC.exe")
        .startedAfter(Duration.ofSeconds(7100))
        .modules(CoreModules.services());
  }

  private static ProcessSpec credentialReader() {
    return new ProcessSpec("rundll32.exe")
        .parent("PSEXESVC.exe")
        .commandLine(
            "rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 640 C:\\Windows\\Temp\\l.bin full")
        .startedAfter(Duration.ofSeconds(7130))
        .modules(ModuleSpec.system("comsvcs.dll", 0x1D8000))
        .handles(
            HandleSpec.process("lsass.exe", 0x1FFFFF), HandleSpec.file("C:\\Windows\\Temp\\l.bin"));
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
}
