package io.memlake.engine.artifacts;

import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import java.time.Duration;

/** The machine that row tests share: every way in which a process can be present. */
final class Machines {
  /** Since this build pool blocks may cross pages. */
  private static final int FIRST_STRADDLING_BUILD = 18362;

  private Machines() {}

  static MachineBuilder everyPresence(int build) {
    return SyntheticMachine.windows(build)
        .seed(build)
        .standardProcesses()
        .process("rootkit.exe", p -> p.parent("explorer.exe").hidden())
        .process("gone.exe", p -> p.parent("explorer.exe").terminatedAfter(Duration.ofSeconds(9)))
        .process("freed.exe", p -> p.parent("explorer.exe").freedAfter(Duration.ofSeconds(9)))
        .process("guest.exe", p -> p.parent("explorer.exe").wow64().exitedThreads(2))
        .process(
            "straddler.exe",
            p -> {
              p.parent("explorer.exe").hidden();
              if (build >= FIRST_STRADDLING_BUILD) {
                p.straddling();
              }
            });
  }
}
