package io.memlake.testdata.system;

import io.memlake.testdata.truth.RoutineTruth;
import java.util.ArrayList;
import java.util.List;

/** The kernel's table of system calls: known routines, with one that leads elsewhere. */
final class SystemCalls {

  private static final int SERVICES = 64;
  private static final int ARGUMENTS = 3;

  private final Host host;

  SystemCalls(Host host) {
    this.host = host;
  }

  void write(List<RoutineTruth> truths, boolean rootkit) {
    List<String> names = new ArrayList<>();
    for (String name : host.facts().symbolsBetween(0, host.boot().kernel().size())) {
      if (name.startsWith("Nt")) {
        names.add(name);
      }
    }
    long table = host.address("KiServiceTable");
    host.boot().space().writeInt(host.address("KiServiceLimit"), SERVICES);
    for (int number = 0; number < SERVICES; number++) {
      long routine = host.address(names.get(number % names.size()));
      if (rootkit && number == SERVICES - 1) {
        // Behind the image: the distance has 28 bits, so a hook cannot be far.
        routine = host.boot().kernel().base() + host.boot().kernel().size() + 0x2040L;
        truths.add(new RoutineTruth("KiServiceTable", routine, Integer.toString(number)));
      }
      long entry = ((routine - table) << 4) | (number % ARGUMENTS);
      host.boot().space().writeInt(table + (long) number * Integer.BYTES, entry);
    }
  }
}
