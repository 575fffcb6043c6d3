package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.handle.Handle;
import io.memlake.engine.objects.handle.HandleTableReader;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which other places of the kernel name a process: handles, the table of ids, the lists of
 * sessions. A place that could not be read says nothing of any process.
 */
final class CrossViews {
  private static final String CSRSS = "csrss.exe";

  /** Sessions of a machine whose lists are walked. */
  private static final int MAXIMUM_SESSIONS = 1024;

  private final Optional<Set<Long>> handles;
  private final Optional<Set<Long>> csrss;
  private final Optional<Set<Long>> ids;
  private final Map<Long, Optional<Set<Long>>> sessions = new HashMap<>();

  private CrossViews(
      Optional<Set<Long>> handles, Optional<Set<Long>> csrss, Optional<Set<Long>> ids) {
    this.handles = handles;
    this.csrss = csrss;
    this.ids = ids;
  }

  /** Walks the tables and lists of a machine. */
  static CrossViews of(MachineView view, ProcessTable table) throws IOException {
    CrossViews views;
    try {
      HandleTableReader reader = view.handleTableReader();
      Set<Long> handles = new HashSet<>();
      Set<Long> csrss = new HashSet<>();
      for (SeenProcess seen : table.processes()) {
        Eprocess owner = seen.process();
        if (view.machine().kernelSpace().isKernel(owner.objectTable()) && !owner.ended()) {
          boolean opensAll = owner.imageFileName().toLowerCase(Locale.ROOT).equals(CSRSS);
          walk(view, reader, owner, opensAll ? List.of(handles, csrss) : List.of(handles));
        }
      }
      views = new CrossViews(Optional.of(handles), Optional.of(csrss), ids(view.machine(), reader));
    } catch (MissingSymbolException e) {
      views = new CrossViews(Optional.empty(), Optional.empty(), Optional.empty());
    }
    views.walkSessions(view, table);
    return views;
  }

  private static void walk(
      MachineView view, HandleTableReader reader, Eprocess owner, List<Set<Long>> into)
      throws IOException {
    ObjectReader objects = view.kernel().objects();
    AddressSpace space = view.machine().kernelSpace();
    reader.walk(
        space,
        owner.objectTable(),
        (Handle handle) -> {
          long body = handle.target() + objects.bodyOffset();
          if (body == owner.virtualAddress()) {
            return;
          }
          Optional<ExecutiveObject> object = objects.read(body);
          if (object.isPresent() && object.get().is("Process")) {
            into.forEach(set -> set.add(body));
          }
        });
  }

  /** Objects in the table of process and thread ids; empty when it has none to say. */
  private static Optional<Set<Long>> ids(Machine machine, HandleTableReader reader)
      throws IOException {
    OptionalLong table = machine.kernelMemory().pointer("PspCidTable");
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Set<Long> objects = new HashSet<>();
    reader.walk(
        machine.kernelSpace(), table.getAsLong(), (Handle handle) -> objects.add(handle.target()));
    return objects.isEmpty() ? Optional.empty() : Optional.of(objects);
  }

  private void walkSessions(MachineView view, ProcessTable table) throws IOException {
    Optional<Integer> head =
        view.machine()
            .symbols()
            .findStruct("_MM_SESSION_SPACE")
            .flatMap(type -> type.find("ProcessList"))
            .map(FieldType::offset);
    int links = view.processReader().eprocessLayout().sessionLinks();
    if (head.isEmpty() || links < 0) {
      return;
    }
    for (SeenProcess seen : table.processes()) {
      long session = seen.process().session();
      if (!view.machine().kernelSpace().isKernel(session)
          || sessions.size() >= MAXIMUM_SESSIONS
          || seen.process().ended()) {
        continue;
      }
      Optional<Set<Long>> known = sessions.getOrDefault(session, Optional.empty());
      if (known.isEmpty()) {
        sessions.put(session, members(view, seen.process(), session + head.get(), links));
      }
    }
  }

  /** The processes of a session's list, which only processes of the session map. */
  private static Optional<Set<Long>> members(
      MachineView view, Eprocess process, long head, int links) throws IOException {
    Optional<AddressSpace> space = view.processReader().space(process);
    if (space.isEmpty()) {
      return Optional.empty();
    }
    ListWalk walk =
        ListWalk.of(space.get(), head, space.get().pointerSize(), ProcessList.MAXIMUM_PROCESSES);
    Set<Long> members = new HashSet<>();
    for (ListMember member : walk.members()) {
      members.add(member.links() - links);
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(members);
  }

  /** Whether a handle of another process refers to it; null when handles were not read. */
  Boolean inHandles(Eprocess process) {
    return in(handles, process);
  }

  /** Whether a handle of csrss.exe refers to it; null when handles were not read. */
  Boolean inCsrss(Eprocess process) {
    return in(csrss, process);
  }

  /** Whether the table of ids holds it; null when it was not found. */
  Boolean inIds(Eprocess process) {
    return in(ids, process);
  }

  /** Whether the list of its session holds it; null when it has none or it was not found. */
  Boolean inSession(Eprocess process) {
    return in(sessions.getOrDefault(process.session(), Optional.empty()), process);
  }

  private static Boolean in(Optional<Set<Long>> places, Eprocess process) {
    return places.map(known -> known.contains(process.virtualAddress())).orElse(null);
  }
}
