package io.memlake.engine.objects.registry;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the hives of a machine. Resolves the layout once; belongs to one thread. */
public final class MountedHives {
  /** More hives than any system mounts. */
  private static final int MAX_HIVES = 4096;

  private final Machine machine;
  private final HiveLayout layout;
  private final HiveSpaces spaces;

  /**
   * Resolves the layouts.
   *
   * @param spaces where bins lie
   * @throws MissingSymbolException when the symbols lack them
   */
  public MountedHives(Machine machine, HiveSpaces spaces) {
    this.machine = machine;
    this.spaces = spaces;
    this.layout = HiveLayout.resolve(machine.symbols());
  }

  /**
   * The kernel's list of hives.
   *
   * @param head address of {@code CmpHiveListHead}; 0 when the symbols do not know it
   * @param addresses of the {@code _CMHIVE} structures, in list order
   * @param breaks where the list is damaged
   */
  public record Listed(long head, List<Long> addresses, List<ListBreak> breaks) {
    /** Copies the lists. */
    public Listed {
      addresses = List.copyOf(addresses);
      breaks = List.copyOf(breaks);
    }
  }

  /** Walks {@code CmpHiveListHead}. */
  public Listed list() throws IOException {
    OptionalLong head = machine.addressOf("CmpHiveListHead");
    if (head.isEmpty()) {
      return new Listed(0, List.of(), List.of());
    }
    ListWalk walk = ListWalk.of(machine.kernelSpace(), head.getAsLong(), Long.BYTES, MAX_HIVES);
    List<Long> addresses = new ArrayList<>();
    for (ListMember member : walk.members()) {
      addresses.add(member.links() - layout.hiveList());
    }
    return new Listed(head.getAsLong(), addresses, walk.breaks());
  }

  /** The hive at an address; empty when it is absent or is none. */
  public Optional<MountedHive> at(long address) throws IOException {
    return MountedHive.read(layout, spaces, address);
  }

  /** Bytes of the structure of a hive. */
  public int structureSize() {
    return layout.size();
  }

  /** Where bins lie. */
  public HiveSpaces spaces() {
    return spaces;
  }
}
