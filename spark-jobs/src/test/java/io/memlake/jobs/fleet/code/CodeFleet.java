package io.memlake.jobs.fleet.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.CoreModules;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.truth.ModuleTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Six hosts that run the same files at bases of their own. Half of the copies of each library still
 * have their relocations in memory. One host has a patch, two have a hook that leads to another
 * address on each.
 */
final class CodeFleet {
  static final int HOSTS = 6;
  static final String PATCHED = "HOST2";
  static final int PATCH = 0x14C0;
  static final int HOOK = 0x2140;
  static final Set<String> HOOKED = Set.of("HOST4", "HOST5");

  /** Both are clear in the base of a library whose host lost the table of its relocations. */
  static final long TABLE_BITS = 0x30000;

  private final Path folder;
  private final List<SyntheticMachine> machines = new ArrayList<>();

  CodeFleet(Path folder) {
    this.folder = folder;
  }

  /** Writes the hosts and analyzes them. */
  void make() throws IOException {
    List<Object> analyze =
        new ArrayList<>(List.of("--tables", "processes,modules,kernel_modules,pages"));
    for (int host = 0; host < HOSTS; host++) {
      SyntheticMachine machine = machine(host);
      machines.add(machine);
      Path image = Files.createDirectories(folder.resolve("HOST" + host)).resolve("memory.raw");
      RawWriter.writePadded(machine, image);
      analyze.add(image.getParent());
    }
    CommandRun run = CommandRun.analyze(lake(), analyze.toArray());
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static SyntheticMachine machine(int host) {
    String name = "HOST" + host;
    ProcessSpec program =
        new ProcessSpec("reader.exe")
            .parent("explorer.exe")
            .path("C:\\Program Files\\Reader\\reader.exe")
            .startedAfter(Duration.ofMinutes(15))
            .modules(CoreModules.windows());
    if (name.equals(PATCHED)) {
      program.patched("ntdll.dll", PATCH, new byte[] {(byte) 0xC3});
    }
    if (HOOKED.contains(name)) {
      program.patched("USER32.dll", HOOK, new byte[] {(byte) 0xE9, (byte) (host * 7), 1, 2, 3});
    }
    return SyntheticMachine.windows(19041)
        .seed(300L + host)
        .computerName(name)
        .softwareOfBuild()
        .ram(64L << 20)
        .standardProcesses()
        .process(program)
        .build();
  }

  Path lake() {
    return folder.resolve("lake");
  }

  Path image(String host) {
    return folder.resolve(host).resolve("memory.raw");
  }

  SyntheticMachine machine(String host) {
    return machines.get(host.charAt(host.length() - 1) - '0');
  }

  /** A module of the reader on a host. */
  ModuleTruth module(String host, String name) {
    return machine(host).truth().process("reader.exe").modules().stream()
        .filter(module -> module.path().endsWith("\\" + name))
        .findFirst()
        .orElseThrow();
  }

  /** The bases at which the hosts have a library. */
  Set<Long> bases(String name) {
    Set<Long> bases = new TreeSet<>();
    for (int host = 0; host < HOSTS; host++) {
      bases.add(module("HOST" + host, name).base());
    }
    return bases;
  }
}
