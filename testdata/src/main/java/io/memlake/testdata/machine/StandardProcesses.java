package io.memlake.testdata.machine;

import io.memlake.testdata.objects.Sid;
import io.memlake.testdata.process.CoreModules;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.ModuleSpec;
import io.memlake.testdata.process.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes of a Windows that has booted and where one user has logged on. */
public final class StandardProcesses {

  /** The user who is logged on. */
  public static final String USER_SID = "S-1-5-21-1004336348-1177238915-682003330-1001";

  /** The logon program that started the desktop and ended long ago. */
  private static final long ENDED_PARENT_PID = 0xFF0;

  private static final int FIRST_BUILD_WITH_MEMORY_COMPRESSION = 14393;
  private static final int FIRST_BUILD_WITH_REGISTRY_PROCESS = 17134;

  private StandardProcesses() {}

  static List<ProcessSpec> of(int build) {
    List<ProcessSpec> list = new ArrayList<>();
    list.add(
        new ProcessSpec("System")
            .pid(4)
            .parentPid(0)
            .minimal()
            .threads(12)
            .startedAfter(Duration.ZERO)
            .handles(
                HandleSpec.file("C:\\Windows\\System32\\config\\SYSTEM"),
                HandleSpec.file("C:\\pagefile.sys"),
                HandleSpec.key("\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Control")));
    if (build >= FIRST_BUILD_WITH_REGISTRY_PROCESS) {
      list.add(new ProcessSpec("Registry").parent("System").minimal().threads(4));
    }
    list.add(
        new ProcessSpec("smss.exe")
            .parent("System")
            .withoutSession()
            .threads(2)
            .startedAfter(Duration.ofSeconds(2))
            .handles(HandleSpec.unnamed("Event")));
    list.add(csrss(0, 9));
    list.add(plain("wininit.exe", "smss.exe", 0, 10));
    list.add(csrss(1, 11));
    list.add(plain("winlogon.exe", "smss.exe", 1, 12).modules(CoreModules.windows()));
    list.add(service("services.exe", "wininit.exe", 13).threads(6));
    list.add(
        service("lsass.exe", "wininit.exe", 14)
            .threads(8)
            .modules(ModuleSpec.system("lsasrv.dll", 0x1A7000))
            .handles(
                HandleSpec.key("\\REGISTRY\\MACHINE\\SECURITY"),
                HandleSpec.key("\\REGISTRY\\MACHINE\\SAM")));
    list.add(svchost("DcomLaunch", 15));
    list.add(svchost("NetworkService", 16).user(Sid.NETWORK_SERVICE, 0));
    list.add(svchost("LocalService", 17).user(Sid.LOCAL_SERVICE, 0));
    list.add(svchost("netsvcs", 18).threads(9).manyHandles(300));
    if (build >= FIRST_BUILD_WITH_MEMORY_COMPRESSION) {
      list.add(
          new ProcessSpec("MemCompression")
              .parent("System")
              .minimal()
              .threads(3)
              .startedAfter(Duration.ofSeconds(21)));
    }
    list.add(service("spoolsv.exe", "services.exe", 22));
    list.add(explorer());
    return list;
  }

  private static ProcessSpec csrss(int session, int second) {
    return plain("csrss.exe", "smss.exe", session, second)
        .commandLine(
            "%SystemRoot%\\system32\\csrss.exe ObjectDirectory=\\Windows SharedSection=1024,20480,768"
                + " Windows=On SubSystemType=Windows ServerDll=basesrv,1")
        .handles(
            HandleSpec.process("System", 0x1FFFFF),
            HandleSpec.named("Section", "\\Sessions\\" + session + "\\BaseNamedObjects\\Shared"));
  }

  private static ProcessSpec plain(String name, String parent, int session, int second) {
    return new ProcessSpec(name)
        .parent(parent)
        .session(session)
        .threads(3)
        .startedAfter(Duration.ofSeconds(second))
        .handles(
            HandleSpec.unnamed("Event"),
            HandleSpec.key("\\REGISTRY\\MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"));
  }

  private static ProcessSpec service(String name, String parent, int second) {
    return plain(name, parent, 0, second)
        .modules(CoreModules.services())
        .handles(HandleSpec.file("C:\\Windows\\System32"));
  }

  private static ProcessSpec svchost(String group, int second) {
    return service("svchost.exe", "services.exe", second)
        .commandLine("C:\\Windows\\system32\\svchost.exe -k " + group + " -p")
        .exitedThreads(1)
        .mappedFile("C:\\Windows\\System32\\en-US\\svchost.exe.mui")
        .handles(
            HandleSpec.named("Mutant", "\\BaseNamedObjects\\Svc" + group),
            HandleSpec.named("Event", "\\BaseNamedObjects\\Start" + group));
  }

  private static ProcessSpec explorer() {
    return plain("explorer.exe", "", 1, 60)
        .parentPid(ENDED_PARENT_PID)
        .path("C:\\Windows\\explorer.exe")
        .threads(7)
        .user(USER_SID, 1)
        .currentDirectory("C:\\Users\\alice\\")
        .environment("USERNAME", "alice")
        .environment("USERPROFILE", "C:\\Users\\alice")
        .environment("TEMP", "C:\\Users\\alice\\AppData\\Local\\Temp")
        .modules(CoreModules.windows())
        .mappedFile("C:\\Windows\\Fonts\\segoeui.ttf");
  }

  /** One of many ordinary programs, for machines of a certain size. */
  static ProcessSpec filler(int number) {
    return plain("app" + number + ".exe", "explorer.exe", 1, 120 + number)
        .path("C:\\Program Files\\App" + number + "\\app" + number + ".exe")
        .user(USER_SID, 1)
        .modules(CoreModules.windows());
  }
}
