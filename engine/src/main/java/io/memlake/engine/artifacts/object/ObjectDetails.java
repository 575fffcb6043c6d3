package io.memlake.engine.artifacts.object;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.object.Mutant;
import io.memlake.engine.objects.object.SymbolicLink;
import io.memlake.schemas.row.KernelObjectRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What objects of some types say beyond their headers. */
final class ObjectDetails {
  private final Machine machine;
  private final List<ScannedKind> kinds;

  private ObjectDetails(Machine machine, List<ScannedKind> kinds) {
    this.machine = machine;
    this.kinds = kinds;
  }

  static ObjectDetails of(Machine machine) {
    SymbolicLink.Reader links = SymbolicLink.Reader.of(machine);
    Mutant.Reader mutants = Mutant.Reader.of(machine);
    return new ObjectDetails(
        machine,
        List.of(
            new ScannedKind(
                "SymbolicLink",
                Set.of("Symb", "Sym\u00e2"),
                "ObpSymbolicLinkObjectType",
                links.size(),
                links::sound,
                (row, bytes) -> link(row, links.of(bytes))),
            new ScannedKind(
                "Mutant",
                Set.of("Muta", "Mut\u00e1"),
                "ExMutantObjectType",
                mutants.size(),
                mutants::sound,
                (row, bytes) -> mutant(row, mutants.of(bytes)))));
  }

  List<ScannedKind> kinds() {
    return kinds;
  }

  boolean isScannedFor(String type) {
    return kinds.stream().anyMatch(kind -> kind.type().equals(type));
  }

  /** Writes what the object at {@code body} says; nothing when it is absent or of another type. */
  void fill(KernelObjectRow row, long body, String type) throws IOException {
    for (ScannedKind kind : kinds) {
      if (kind.type().equals(type)) {
        Optional<byte[]> bytes = machine.kernelSpace().map(body, kind.size()).filter(kind.sound());
        if (bytes.isPresent()) {
          kind.fill(row, bytes.get());
        }
      }
    }
  }

  private static void link(KernelObjectRow row, SymbolicLink link) {
    row.setTarget(link.target().orElse(null));
    row.setCreateTime(FileTimes.instant(link.createTime()));
  }

  private static void mutant(KernelObjectRow row, Mutant mutant) {
    row.setOwnerPid(mutant.ownerTid() == 0 ? null : mutant.ownerPid());
    row.setOwnerTid(mutant.ownerTid() == 0 ? null : mutant.ownerTid());
  }
}
