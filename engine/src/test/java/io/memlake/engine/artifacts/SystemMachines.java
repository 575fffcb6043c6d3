package io.memlake.engine.artifacts;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.testdata.machine.ReferenceMachine;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machines whose system is full, and their rows, made once for all tests. */
final class SystemMachines {
  private static final Map<Integer, SyntheticMachine> MACHINES = new HashMap<>();
  private static final Map<Integer, MachineRows> ROWS = new HashMap<>();

  private SystemMachines() {}

  static List<Integer> builds() {
    return List.of(7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000);
  }

  static SyntheticMachine machine(int build) {
    return MACHINES.computeIfAbsent(build, ReferenceMachine::system);
  }

  static MachineRows rows(int build) throws IOException {
    MachineRows rows = ROWS.get(build);
    if (rows == null) {
      rows = MachineRows.of(new SyntheticImage(machine(build)), SampleMachines.embeddedSymbols());
      ROWS.put(build, rows);
    }
    return rows;
  }
}
