package io.memlake.engine.artifacts.desktop;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.handle.HandleHolders;
import io.memlake.engine.artifacts.session.SessionMembers;
import io.memlake.engine.artifacts.session.StationPaths;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.DesktopRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes rows of window stations and of desktops. */
final class DesktopRows {
  private final MachineView view;
  private final DesktopTable table;
  private final Map<Long, DesktopRow> stations = new HashMap<>();

  DesktopRows(MachineView view, DesktopTable table) {
    this.view = view;
    this.table = table;
  }

  /** All rows: stations first, since desktops are told by them. */
  List<DesktopRow> all() throws IOException {
    List<DesktopRow> made = new ArrayList<>();
    for (String type : List.of(DesktopTable.STATION, DesktopTable.DESKTOP)) {
      for (SeenObject seen : table.objects()) {
        if (seen.type().equals(type)) {
          made.add(row(seen));
        }
      }
    }
    return made;
  }

  private DesktopRow row(SeenObject seen) throws IOException {
    ObjectOrigin origin =
        ObjectOrigin.of(
            view.candidates(),
            seen.virtualAddress(),
            table.physicalAddress(seen),
            seen.sighting().scanned());
    boolean scanRan = view.candidates().scanned();
    boolean station = seen.type().equals(DesktopTable.STATION);
    DesktopRow row = new DesktopRow();
    Gaps gaps = new Gaps();
    row.setSource(seen.sighting().source());
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(seen.sighting().confidence(scanRan));
    row.setObject(seen.virtualAddress() == 0 ? null : seen.virtualAddress());
    row.setPhysicalAddress(origin.physicalAddress());
    row.setType(seen.type());
    row.setPath(seen.path().orElse(null));
    header(row, seen);
    if (station) {
      stations.put(seen.virtualAddress(), row);
    } else {
      station(row, seen, gaps);
    }
    session(row, seen);
    row.setHolders(
        table
            .holders()
            .map(holders -> holders.holders(seen.virtualAddress()))
            .filter(holders -> !holders.isEmpty())
            .orElse(null));
    boolean sought = station && table.treeRead();
    row.setInTree(sought ? seen.path().isPresent() : null);
    row.setInHandles(table.holders().isPresent() ? seen.inHandles() : null);
    row.setInScan(scanRan ? seen.sighting().scanned().isPresent() : null);
    row.setFreed(seen.sighting().freed());
    gaps.into(row);
    return row;
  }

  private void header(DesktopRow row, SeenObject seen) throws IOException {
    if (seen.object().isPresent()) {
      row.setName(seen.object().get().name().orElse(null));
      row.setPointerCount(seen.object().get().pointerCount());
      row.setHandleCount(seen.object().get().handleCount());
      return;
    }
    PoolObject scanned = seen.sighting().scanned().orElseThrow();
    if (scanned.name().isPresent()) {
      row.setName(
          scanned
              .name()
              .get()
              .read(view.machine().kernelSpace())
              .filter(name -> !name.isEmpty())
              .orElse(null));
    }
    row.setPointerCount(scanned.pointerCount());
    row.setHandleCount(scanned.handleCount());
  }

  /**
   * A desktop keeps a pointer to its station. Where it lies is in no public symbol, so every
   * pointer of its first words is compared with the stations that are known.
   */
  private void station(DesktopRow row, SeenObject seen, Gaps gaps) throws IOException {
    AddressSpace space = view.machine().kernelSpace();
    Optional<byte[]> head =
        seen.sighting().scanned().isPresent()
            ? seen.sighting().scanned().map(PoolObject::bytes)
            : space.map(seen.virtualAddress(), DesktopTable.HEAD_BYTES);
    if (head.isEmpty()) {
      gaps.add("window_station", Absence.UNREADABLE);
      return;
    }
    Set<Long> named = new HashSet<>();
    for (int at = 0; at < DesktopTable.HEAD_BYTES; at += space.pointerSize()) {
      long pointer = space.pointer(head.get(), at);
      if (pointer != 0 && stations.containsKey(pointer)) {
        named.add(pointer);
      }
    }
    if (named.size() != 1) {
      gaps.add("window_station", Absence.NOT_AVAILABLE);
      return;
    }
    DesktopRow station = stations.get(named.iterator().next());
    row.setWindowStation(station.getObject());
    row.setWindowStationName(station.getName());
    row.setSessionId(station.getSessionId());
  }

  private void session(DesktopRow row, SeenObject seen) throws IOException {
    OptionalInt byPath =
        seen.path().isPresent() ? StationPaths.session(seen.path().get()) : OptionalInt.empty();
    if (byPath.isPresent()) {
      row.setSessionId(byPath.getAsInt());
    }
    if (row.getSessionId() != null || table.holders().isEmpty()) {
      return;
    }
    Set<Integer> sessions = new HashSet<>();
    for (HandleHolders.Held held : table.holders().get().ofType(seen.type())) {
      if (held.object().body() == seen.virtualAddress()) {
        for (Eprocess holder : held.holders()) {
          SessionMembers.sessionOf(view, holder).ifPresent(sessions::add);
        }
      }
    }
    row.setSessionId(sessions.size() == 1 ? sessions.iterator().next() : null);
  }
}
