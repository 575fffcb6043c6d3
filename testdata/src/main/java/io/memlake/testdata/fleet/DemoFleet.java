package io.memlake.testdata.fleet;

import io.memlake.testdata.image.Containers;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.JobSpec;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.system.DnsSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a fleet: hosts of different Windows versions, one folder each with its memory image. An
 * intrusion runs through the second and the fourth, WS-BOB and APP02 ({@link Intrusion}); every
 * other host is clean. The sixth is WS-BOB once more, before the intrusion. Hosts of one Windows
 * version run the same files.
 */
public final class DemoFleet {

  /** How many hosts the story needs: three that run the same files, so that code is compared. */
  public static final int USUAL_HOSTS = 7;

  /** A host as it was before the intrusion; there when the fleet has six hosts or more. */
  public static final String BEFORE = "WS-BOB-BEFORE";

  /** The same host as it was found. */
  public static final String AFTER = "WS-BOB";

  private static final long RAM = 96L << 20;

  private DemoFleet() {}

  /**
   * Writes the fleet.
   *
   * @param folder where the hosts' folders go; made if it is not there
   * @param hosts how many hosts, at least 1
   * @return the hosts in the order of their names' numbers
   * @throws IOException when a file cannot be written
   */
  public static List<DemoHost> write(Path folder, int hosts) throws IOException {
    List<DemoHost> written = new ArrayList<>();
    for (int number = 0; number < hosts; number++) {
      Scenario scenario = Scenario.of(number);
      written.add(write(folder, scenario, builder(scenario)));
    }
    return written;
  }

  /**
   * Writes the fleet with traces of files on every host, real ones where the sample data are there.
   *
   * @param folder as for {@link #write(Path, int)}
   * @param hosts as for {@link #write(Path, int)}
   * @param carried takes the names of the real files that hosts carry
   * @throws IOException when a file cannot be written
   */
  public static List<DemoHost> writeFull(Path folder, int hosts, Consumer<String> carried)
      throws IOException {
    List<DemoHost> written = new ArrayList<>();
    for (int number = 0; number < hosts; number++) {
      Scenario scenario = Scenario.of(number);
      MachineBuilder builder = builder(scenario);
      TracesOfFiles.add(builder, scenario.host(), scenario.build(), number).forEach(carried);
      written.add(write(folder, scenario, builder));
    }
    return written;
  }

  /**
   * Writes the first host in every container, each in a folder of its own.
   *
   * @param folder where the folders go; made if it is not there
   * @return the file to open, by the name of the container
   * @throws IOException when a file cannot be written
   */
  public static Map<String, Path> writeContainers(Path folder) throws IOException {
    SyntheticMachine machine = machine(Scenario.of(0));
    return Containers.write(machine, machine.crashDumpHeader(), folder);
  }

  /** What is known of the intruder, as a list of indicators with a head. */
  public static String indicators() {
    return """
    type,value,description,severity,technique
    ipv4,%1$s,the intruder's server,high,T1071.001
    domain,%2$s,name of the server,high,T1071.001
    mutex,7f3a-gate,mutex of the dropped program,high,T1480.002
    service_name,mssmb64,service of the driver,high,T1543.003
    file_name,mssmb64.sys,the driver,high,T1014
    file_name,wlanhlp.dll,library of the hidden program,medium,T1574.001
    sha256,e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,the empty file,low,
    """
        .formatted(Intrusion.BEACON, Intrusion.SERVER.replaceFirst("https://([^/]+)/.*", "$1"));
  }

  /** A YARA rule for the injected code. */
  public static String yaraRules() {
    return """
    rule implant {
      meta:
        description = "Code that calls functions by hash and knows the intruder's server"
        severity = "high"
      strings:
        $call = { 48 83 EC 28 BA ?? ?? ?? ?? FF D0 48 83 C4 28 C3 }
        $server = "%s"
      condition:
        #call > 3 and $server
    }
    """
        .formatted(Intrusion.SERVER);
  }

  /** Sigma rules for what the intruder did, written as if nothing of this fleet were known. */
  public static String sigmaRules() {
    return """
    title: Office program that started an interpreter with an encoded command
    id: 7c0f3c53-0d1e-4f0a-9a57-3d7a0d6b1f01
    status: test
    logsource: {category: process_creation, product: windows}
    detection:
      parent:
        ParentImage|endswith: ['\\WINWORD.EXE', '\\EXCEL.EXE', '\\POWERPNT.EXE', '\\OUTLOOK.EXE']
      interpreter:
        Image|endswith: ['\\powershell.exe', '\\pwsh.exe', '\\cmd.exe', '\\wscript.exe', '\\mshta.exe']
      encoded:
        CommandLine|contains: [' -enc ', ' -encodedcommand ']
      condition: parent and interpreter and encoded
    level: high
    tags: [attack.execution, attack.t1059.001, attack.t1204.002]
    ---
    title: Memory of a process written to a file with comsvcs.dll
    id: 7c0f3c53-0d1e-4f0a-9a57-3d7a0d6b1f02
    status: test
    logsource: {category: process_creation, product: windows}
    detection:
      selection:
        Image|endswith: '\\rundll32.exe'
        CommandLine|contains|all: ['comsvcs', 'MiniDump']
      condition: selection
    level: high
    tags: [attack.credential_access, attack.t1003.001]
    ---
    title: Driver loaded from a temporary folder
    id: 7c0f3c53-0d1e-4f0a-9a57-3d7a0d6b1f03
    status: test
    logsource: {category: driver_load, product: windows}
    detection:
      selection:
        ImageLoaded|contains: '\\Temp\\'
      condition: selection
    level: high
    tags: [attack.persistence, attack.t1543.003]
    ---
    title: Run key that starts a program of a temporary folder
    id: 7c0f3c53-0d1e-4f0a-9a57-3d7a0d6b1f04
    status: test
    logsource: {category: registry_set, product: windows}
    detection:
      selection:
        TargetObject|contains: '\\CurrentVersion\\Run\\'
        Details|contains: '\\Temp\\'
      condition: selection
    level: medium
    tags: [attack.persistence, attack.t1547.001]
    """;
  }

  private static SyntheticMachine machine(Scenario scenario) {
    return builder(scenario).build();
  }

  private static MachineBuilder builder(Scenario scenario) {
    return scenario
        .apply(
            SyntheticMachine.windows(scenario.build())
                .seed(scenario.seed())
                .computerName(scenario.computer())
                .softwareOfBuild()
                .ram(RAM)
                .standardProcesses()
                .standardHives())
        .desktops()
        .dnsCache(
            DnsSpec.of("dc01.corp.example.net", DnsSpec.A, "10.0.0.2", 1200),
            DnsSpec.of("www.example.org", DnsSpec.CNAME, "edge.example.net", 300),
            new DnsSpec("edge.example.net", DnsSpec.A, "198.51.100.20", 60, true))
        .job(JobSpec.of("\\BaseNamedObjects\\WmiProviderSubSystemHostJob", "WmiPrvSE.exe"))
        .job(JobSpec.of("", "spoolsv.exe"))
        .system(scenario.system());
  }

  private static FrameSource frames(SyntheticMachine machine, Scenario scenario) {
    return scenario.compressed().isEmpty()
        ? machine
        : CompressedHost.of(machine, scenario.seed(), "WmiPrvSE.exe", scenario.compressed());
  }

  private static DemoHost write(Path folder, Scenario scenario, MachineBuilder builder)
      throws IOException {
    SyntheticMachine machine = builder.build();
    Path hostFolder = Files.createDirectories(folder.resolve(scenario.host()));
    Path image = hostFolder.resolve(scenario.crashDump() ? "memory.dmp" : "memory.raw");
    if (scenario.crashDump()) {
      CrashDumpWriter.write(machine, machine.crashDumpHeader(), image);
    } else {
      RawWriter.writePadded(frames(machine, scenario), image);
    }
    return new DemoHost(scenario.host(), image, machine.truth(), scenario.planted(machine.truth()));
  }
}
