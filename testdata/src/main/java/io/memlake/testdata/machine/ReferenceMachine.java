package io.memlake.testdata.machine;

import io.memlake.testdata.objects.KernelPool;
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
 * The machine of the golden tables: for each build the standard processes and one process of every
 * odd kind. Its bytes are fixed by the build alone.
 */
public final class ReferenceMachine {

  /** The seed of all reference machines. */
  public static final long SEED = 20240305;

  /** Characters of the long command line. */
  public static final int LONG_COMMAND_LINE = 16 * 1024;

  private static final int DEVICE_CONTROL = 14;
  private static final int INTERNAL_DEVICE_CONTROL = 15;

  private ReferenceMachine() {}

  /** The reference machine of a bundled build. */
  public static SyntheticMachine of(int build) {
    return builder(build).build();
  }

  /** The settings of the reference machine, for tests that change one of them. */
  public static MachineBuilder builder(int build) {
    MachineBuilder builder =
        SyntheticMachine.windows(build)
            .seed(SEED)
            .computerName("REFERENCE")
            .standardProcesses()
            .kernelModule("rootkit.sys", "\\??\\C:\\Windows\\Temp\\rootkit.sys", 0x9000);
    desktop(builder);
    hidden(builder);
    ended(builder);
    odd(builder);
    if (build >= KernelPool.FIRST_SEGMENT_HEAP_BUILD) {
      builder.process(user("RuntimeBroker.exe").startedAfter(Duration.ofSeconds(90)).straddling());
    }
    return builder;
  }

  /** The machine of the golden tables about drivers, callbacks, sockets and services. */
  public static SyntheticMachine system(int build) {
    return systemBuilder(build).build();
  }

  /** The settings of that machine, for tests that change one of them. */
  public static MachineBuilder systemBuilder(int build) {
    return SyntheticMachine.windows(build)
        .seed(SEED)
        .computerName("SYSTEM")
        .standardProcesses()
        .kernelModule("rootkit.sys", "\\??\\C:\\Windows\\Temp\\rootkit.sys", 0x9000)
        .kernelModule("hidden.sys", "\\??\\C:\\Windows\\Temp\\hidden.sys", 0x7000)
        .system(
            SystemSpec.usual()
                .unlink("hidden.sys")
                .rootkit()
                .hook("disk", DEVICE_CONTROL, "rootkit.sys")
                .hook("tcpip", INTERNAL_DEVICE_CONTROL, "")
                .unlistedConnection(
                    "explorer.exe", "10.0.0.21", 50444, "203.0.113.9", 443, SystemSpec.ESTABLISHED)
                .unlistedConnection(
                    "svchost.exe", "10.0.0.21", 50001, "198.51.100.7", 80, SystemSpec.CLOSED));
  }

  /** The machine of the golden tables about sessions, desktops, jobs and queued routines. */
  public static SyntheticMachine sessions(int build) {
    return SyntheticMachine.windows(build)
        .seed(SEED)
        .computerName("SESSIONS")
        .standardProcesses()
        .process(user("worker.exe").environment("SESSIONNAME", "Console"))
        .process(user("worker.exe").startedAfter(Duration.ofSeconds(82)))
        .process(user("stray.exe").startedAfter(Duration.ofSeconds(83)))
        .process(
            user("injected.exe")
                .privateRegion(0x2000, Protection.EXECUTE_READ_WRITE, new byte[] {(byte) 0xC3})
                .handles(
                    new HandleSpec("Job", "\\Sessions\\1\\BaseNamedObjects\\Sandbox", 0x1F001F),
                    new HandleSpec(
                        "WindowStation", "\\Sessions\\1\\Windows\\WindowStations\\WinSta0", 0x37F),
                    new HandleSpec(
                        "Desktop",
                        "\\Sessions\\1\\Windows\\WindowStations\\WinSta0\\unseen",
                        0x1FF)))
        .desktops()
        .job(
            new JobSpec(
                "\\Sessions\\1\\BaseNamedObjects\\Sandbox",
                List.of("worker.exe"),
                List.of("stray.exe"),
                JobSpec.KILL_ON_JOB_CLOSE | 0x208,
                4,
                0x4000,
                0x46,
                true))
        .job(new JobSpec("", List.of("spoolsv.exe"), List.of(), 0, 0, 0, 0, false))
        .apc(new ApcSpec("injected.exe", 0, 2, true))
        .apc(new ApcSpec("spoolsv.exe", 1, 1, false))
        .build();
  }

  private static void desktop(MachineBuilder builder) {
    builder.process(
        user("OneDrive.exe")
            .path("C:\\Users\\alice\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe")
            .commandLine(
                "\"C:\\Users\\alice\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe\" /background")
            .wow64()
            .threads(3)
            .modules(ModuleSpec.wow("USER32.dll", 0x19A000), ModuleSpec.wow("GDI32.dll", 0x23000)));
    builder.process(
        user("powershell.exe")
            .path("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe")
            .commandLine("powershell.exe -enc " + "QQBBAEEA".repeat(LONG_COMMAND_LINE / 8))
            .startedAfter(Duration.ofMinutes(5))
            .handles(
                HandleSpec.process("lsass.exe", 0x1010),
                new HandleSpec("Thread", "explorer.exe", 0x1FFFFF),
                new HandleSpec("Directory", "\\Sessions\\1\\BaseNamedObjects", 0xF)));
    builder.process(
        user("SearchIndexer.exe").handleTableLevels(3).startedAfter(Duration.ofSeconds(95)));
  }

  private static void hidden(MachineBuilder builder) {
    byte[] image = new byte[0x1800];
    image[0] = 'M';
    image[1] = 'Z';
    builder.process(
        user("svch0st.exe")
            .path("C:\\Users\\Public\\svch0st.exe")
            .hidden()
            .threads(2)
            .startedAfter(Duration.ofSeconds(310))
            .privateRegion(0x4000, Protection.EXECUTE_READ_WRITE, image)
            .hiddenModule(ModuleSpec.x64("C:\\Users\\Public\\payload.dll", 0x12000)));
    builder.process(
        user("calc.exe")
            .privateRegion(0x2000, Protection.EXECUTE_READ_WRITE, image)
            .startedAfter(Duration.ofSeconds(320)));
  }

  private static void ended(MachineBuilder builder) {
    builder.process(
        user("notepad.exe")
            .startedAfter(Duration.ofSeconds(330))
            .terminatedAfter(Duration.ofSeconds(61)));
    builder.process(
        user("cmd.exe").startedAfter(Duration.ofSeconds(331)).freedAfter(Duration.ofSeconds(2)));
  }

  private static void odd(MachineBuilder builder) {
    builder.process(user("<i>x</i>&.exe").startedAfter(Duration.ofSeconds(340)));
    builder.process(user("a\tb\u0001c\u001b[7m.exe").startedAfter(Duration.ofSeconds(341)));
    builder.process(
        user("unicode.exe")
            .commandLine("unicode.exe \u00e9\u4e2d\u6587 \ud83d\ude00 \"quoted \\\" text\"")
            .startedAfter(Duration.ofSeconds(342))
            .privateRegion(
                0x3000,
                Protection.READ_WRITE,
                "https://update.example.net/a?b=c".getBytes(StandardCharsets.UTF_8)));
  }

  private static ProcessSpec user(String name) {
    return new ProcessSpec(name)
        .parent("explorer.exe")
        .user(StandardProcesses.USER_SID, 1)
        .currentDirectory("C:\\Users\\alice\\")
        .startedAfter(Duration.ofSeconds(80))
        .modules(CoreModules.windows());
  }
}
