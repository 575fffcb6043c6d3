package io.memlake.engine.artifacts.session;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.handle.ProcessLabel;
import io.memlake.engine.artifacts.token.TokenArtifact;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.objects.object.NamedObject;
import io.memlake.engine.objects.process.Environment;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.Peb;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.SessionRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Fills {@code sessions}. */
public final class SessionArtifact implements MachineArtifact<SessionRow> {
  private static final String TABLE = "sessions";
  private static final String LIST = "ProcessList";
  private static final Comparator<SessionMembers.Group> ORDER =
      Comparator.comparingInt((SessionMembers.Group group) -> group.id().orElse(Integer.MAX_VALUE))
          .thenComparing(SessionMembers.Group::space, Long::compareUnsigned);

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<SessionRow> rowType() {
    return SessionRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super SessionRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    SessionMembers members = SessionMembers.of(view);
    if (members.isCut()) {
      String reason =
          "more than " + SessionMembers.MAXIMUM_SESSIONS + " sessions; the rest is left";
      errors.accept(ErrorRows.gap(TABLE, LIST, 0, Absence.UNPARSABLE, reason));
    }
    List<SessionMembers.Group> sorted = new ArrayList<>(members.groups());
    sorted.sort(ORDER);
    long breaks = 0;
    for (SessionMembers.Group group : sorted) {
      SessionRow row = new SessionRow();
      Gaps gaps = new Gaps();
      common(row, group, gaps);
      Optional<ListWalk> list = list(view, group);
      processes(view, row, group, list);
      for (ListBreak broken : list.map(ListWalk::breaks).orElse(List.of())) {
        errors.accept(
            ErrorRows.gap(TABLE, LIST, broken.at(), Absence.UNPARSABLE, broken.toString()));
        breaks++;
      }
      environment(view, row, group);
      users(view, row, group);
      stations(view, row, group);
      gaps.into(row);
      rows.accept(row);
    }
    return Collected.of(sorted.size(), breaks);
  }

  private static void common(SessionRow row, SessionMembers.Group group, Gaps gaps) {
    row.setSource("walk");
    row.setForensicPath(group.space() == 0 ? null : ForensicPath.kernel(group.space()));
    row.setConfidence(group.id().isPresent() ? 100 : 70);
    row.setSessionId(group.id().isPresent() ? group.id().getAsInt() : null);
    row.setSessionSpace(group.space() == 0 ? null : group.space());
    row.setProcessCount(group.processes().size());
    if (group.id().isEmpty()) {
      gaps.add("session_id", Absence.UNREADABLE);
    }
    if (group.space() == 0) {
      gaps.add("session_space", Absence.NOT_AVAILABLE);
    }
    group.processes().stream()
        .mapToLong(Eprocess::createTime)
        .filter(time -> time != 0)
        .min()
        .ifPresent(time -> row.setCreateTime(FileTimes.instant(time)));
  }

  /** The list of a session lies in its own space, which only its processes map. */
  private static Optional<ListWalk> list(MachineView view, SessionMembers.Group group)
      throws IOException {
    Optional<Integer> head =
        view.machine()
            .symbols()
            .findStruct("_MM_SESSION_SPACE")
            .flatMap(type -> type.find(LIST))
            .map(FieldType::offset);
    if (head.isEmpty()
        || group.space() == 0
        || view.processReader().eprocessLayout().sessionLinks() < 0) {
      return Optional.empty();
    }
    for (Eprocess process : group.processes()) {
      Optional<AddressSpace> space = view.processReader().space(process);
      if (space.isPresent()) {
        return Optional.of(
            ListWalk.of(
                space.get(),
                group.space() + head.get(),
                space.get().pointerSize(),
                ProcessList.MAXIMUM_PROCESSES));
      }
    }
    return Optional.empty();
  }

  private static void processes(
      MachineView view, SessionRow row, SessionMembers.Group group, Optional<ListWalk> list) {
    row.setListRead(list.isPresent());
    if (list.isEmpty()) {
      return;
    }
    int links = view.processReader().eprocessLayout().sessionLinks();
    Set<Long> listed = new HashSet<>();
    for (ListMember member : list.get().members()) {
      listed.add(member.links() - links);
    }
    List<Eprocess> members = new ArrayList<>();
    List<Eprocess> missing = new ArrayList<>();
    for (Eprocess process : group.processes()) {
      (listed.contains(process.virtualAddress()) ? members : missing).add(process);
    }
    row.setProcesses(filled(ProcessLabel.of(members)));
    row.setMissingProcesses(filled(ProcessLabel.of(missing)));
  }

  private static void environment(MachineView view, SessionRow row, SessionMembers.Group group)
      throws IOException {
    for (Eprocess process : group.processes()) {
      Optional<AddressSpace> space = view.processReader().space(process);
      Optional<Peb> peb =
          space.isPresent() ? view.processReader().peb(process, space.get()) : Optional.empty();
      if (peb.isEmpty()) {
        continue;
      }
      for (Environment.Variable variable : Environment.read(space.get(), peb.get()).variables()) {
        if (row.getSessionName() == null && variable.name().equalsIgnoreCase("SESSIONNAME")) {
          row.setSessionName(variable.value());
        }
        if (row.getClientName() == null && variable.name().equalsIgnoreCase("CLIENTNAME")) {
          row.setClientName(variable.value());
        }
      }
      if (row.getSessionName() != null && row.getClientName() != null) {
        return;
      }
    }
  }

  private static void users(MachineView view, SessionRow row, SessionMembers.Group group)
      throws IOException {
    Set<String> names = new TreeSet<>();
    try {
      for (Eprocess process : group.processes()) {
        view.tokenReader()
            .read(process.token())
            .flatMap(token -> TokenArtifact.userName(token).or(token::userSid))
            .ifPresent(names::add);
      }
    } catch (MissingSymbolException e) {
      return;
    }
    row.setUserNames(filled(names));
  }

  private static void stations(MachineView view, SessionRow row, SessionMembers.Group group)
      throws IOException {
    if (group.id().isEmpty()) {
      return;
    }
    String prefix = StationPaths.folder(group.id().getAsInt());
    Set<String> names = new TreeSet<>();
    try {
      for (NamedObject station : view.kernel().tree().ofType("WindowStation")) {
        if (station.path().startsWith(prefix)) {
          names.add(station.path().substring(prefix.length()));
        }
      }
    } catch (MissingSymbolException e) {
      return;
    }
    row.setWindowStations(filled(names));
  }

  private static List<String> filled(Collection<String> texts) {
    return texts.isEmpty() ? null : List.copyOf(texts);
  }
}
