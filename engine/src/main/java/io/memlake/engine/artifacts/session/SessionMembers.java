package io.memlake.engine.artifacts.session;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.Peb;
import io.memlake.engine.objects.process.ProcessReader;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The running processes of a machine by the session that they say they are in. */
public final class SessionMembers {
  /** More sessions than a terminal server holds; a hostile image could name one a process. */
  static final int MAXIMUM_SESSIONS = 1024;

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private boolean cut;

  private SessionMembers() {}

  /** A session and the processes that say they are in it. */
  static final class Group {
    private final long space;
    private final List<Eprocess> processes = new ArrayList<>();
    private OptionalInt id = OptionalInt.empty();

    private Group(long space) {
      this.space = space;
    }

    /** Virtual address of its {@code _MM_SESSION_SPACE}, 0 when the kernel's layout lacks it. */
    long space() {
      return space;
    }

    OptionalInt id() {
      return id;
    }

    List<Eprocess> processes() {
      return processes;
    }
  }

  /** Groups the processes. */
  static SessionMembers of(MachineView view) throws IOException {
    SessionMembers members = new SessionMembers();
    for (SeenProcess seen : view.processes().processes()) {
      if (!seen.process().ended() && seen.process().virtualAddress() != 0) {
        members.add(view, seen.process());
      }
    }
    return members;
  }

  /** Number of the session that a process is in; empty for none, or when nothing says it. */
  public static OptionalInt sessionOf(MachineView view, Eprocess process) throws IOException {
    boolean outside = process.layout().session().isPresent() && process.session() == 0;
    ProcessReader reader = view.processReader();
    Optional<AddressSpace> space = outside ? Optional.empty() : reader.space(process);
    if (space.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt id = reader.sessionId(process, space.get());
    Optional<Peb> peb = id.isPresent() ? Optional.empty() : reader.peb(process, space.get());
    return peb.isPresent() ? peb.get().sessionId() : id;
  }

  private void add(MachineView view, Eprocess process) throws IOException {
    boolean placed = process.layout().session().isPresent();
    if (placed && !view.machine().kernelSpace().isKernel(process.session())) {
      return;
    }
    OptionalInt id = sessionOf(view, process);
    if (!placed && id.isEmpty()) {
      return;
    }
    long space = placed ? process.session() : 0;
    String key = placed ? "space " + space : "number " + id.getAsInt();
    if (!groups.containsKey(key) && groups.size() >= MAXIMUM_SESSIONS) {
      cut = true;
      return;
    }
    Group group = groups.computeIfAbsent(key, name -> new Group(space));
    group.processes.add(process);
    if (group.id.isEmpty()) {
      group.id = id;
    }
  }

  Collection<Group> groups() {
    return groups.values();
  }

  /** Whether there were more sessions than are kept. */
  boolean isCut() {
    return cut;
  }
}
