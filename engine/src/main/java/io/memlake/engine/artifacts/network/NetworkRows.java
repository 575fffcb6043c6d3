package io.memlake.engine.artifacts.network;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.network.Endpoint;
import io.memlake.engine.objects.network.InternetAddress;
import io.memlake.engine.objects.network.TcpStates;
import io.memlake.engine.objects.pool.PoolAllocation;
import io.memlake.engine.objects.pool.PoolPlaces;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.NetworkRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes rows of network objects. */
final class NetworkRows {
  private static final int POOL_TYPE = 3;

  private final MachineView view;
  private final String layout;
  private final Map<Long, SeenProcess> processes;

  NetworkRows(MachineView view, String layout, Map<Long, SeenProcess> processes) {
    this.view = view;
    this.layout = layout;
    this.processes = processes;
  }

  /** One row, or two for an object that listens on every address of both protocols. */
  List<NetworkRow> rows(NetworkArtifact.SeenEndpoint seen, boolean tablesWalked)
      throws IOException {
    Endpoint endpoint = seen.endpoint();
    List<NetworkRow> rows = new ArrayList<>();
    if (endpoint.kind() == Endpoint.Kind.CONNECTION || endpoint.kind() == Endpoint.Kind.TIME_WAIT) {
      NetworkRow row = row(seen, tablesWalked, endpoint.version());
      Gaps gaps = new Gaps();
      row.setLocalAddr(endpoint.localAddress().orElse(null));
      row.setForeignAddr(endpoint.remoteAddress().orElse(null));
      if (row.getLocalAddr() == null) {
        gaps.add("local_addr", Absence.UNREADABLE);
      }
      if (row.getForeignAddr() == null) {
        gaps.add("foreign_addr", Absence.UNREADABLE);
      }
      gaps.into(row);
      rows.add(row);
      return rows;
    }
    if (endpoint.localAddress().isPresent()) {
      rows.add(bound(seen, tablesWalked, endpoint.version(), endpoint.localAddress().get()));
      return rows;
    }
    rows.add(bound(seen, tablesWalked, 4, InternetAddress.ANY_4));
    if (endpoint.version() == 6) {
      rows.add(bound(seen, tablesWalked, 6, InternetAddress.ANY_6));
    }
    return rows;
  }

  private NetworkRow bound(
      NetworkArtifact.SeenEndpoint seen, boolean tablesWalked, int version, String local)
      throws IOException {
    NetworkRow row = row(seen, tablesWalked, version);
    row.setLocalAddr(local);
    if (seen.endpoint().kind() == Endpoint.Kind.DATAGRAM) {
      row.setForeignAddr("*");
    } else {
      row.setForeignAddr(version == 4 ? InternetAddress.ANY_4 : InternetAddress.ANY_6);
    }
    return row;
  }

  private NetworkRow row(NetworkArtifact.SeenEndpoint seen, boolean tablesWalked, int version)
      throws IOException {
    Endpoint endpoint = seen.endpoint();
    ObjectOrigin origin = origin(seen);
    boolean scanRan = view.candidates().scanned();
    Boolean freed = freed(seen.place());
    NetworkRow row = new NetworkRow();
    row.setSource(seen.inTable() ? "walk" : "scan");
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setProto((endpoint.kind() == Endpoint.Kind.DATAGRAM ? "UDPv" : "TCPv") + version);
    row.setLocalPort(endpoint.localPort());
    row.setForeignPort(endpoint.remotePort());
    row.setState(TcpStates.name(endpoint.state()).orElse(null));
    owner(row, endpoint);
    row.setCreated(FileTimes.instant(endpoint.created()));
    row.setObject(endpoint.virtualAddress() == 0 ? null : endpoint.virtualAddress());
    row.setPhysicalAddress(origin.physicalAddress());
    row.setPoolTag(seen.place().map(PoolPlaces.Place::tag).orElse(null));
    row.setInTable(tablesWalked ? seen.inTable() : null);
    row.setInScan(scanRan ? seen.place().isPresent() : null);
    row.setFreed(freed);
    row.setLayout(layout);
    boolean owned = row.getPid() != null;
    row.setConfidence(
        seen.inTable()
            ? seen.place().isPresent() ? 100 : 90
            : Boolean.TRUE.equals(freed) || endpoint.virtualAddress() == 0 ? 50 : owned ? 80 : 60);
    return row;
  }

  private ObjectOrigin origin(NetworkArtifact.SeenEndpoint seen) throws IOException {
    long address = seen.endpoint().virtualAddress();
    long physicalAddress =
        address == 0 ? AddressSpace.ABSENT : view.machine().kernelSpace().translate(address);
    return physicalAddress == AddressSpace.ABSENT && seen.place().isPresent()
        ? ObjectOrigin.at(view.candidates(), seen.place().get().place())
        : ObjectOrigin.of(view.candidates(), address, physicalAddress, Optional.empty());
  }

  private void owner(NetworkRow row, Endpoint endpoint) {
    if (endpoint.owner() == 0) {
      return;
    }
    row.setOwnerEprocess(endpoint.owner());
    SeenProcess process = processes.get(endpoint.owner());
    if (process != null) {
      row.setPid((int) process.process().uniqueProcessId());
      row.setOwner(process.process().imageFileName());
    }
  }

  /** Up to Windows 10 1809 the pool marks a block that was given back. */
  private Boolean freed(Optional<PoolPlaces.Place> place) throws IOException {
    if (place.isEmpty()) {
      return null;
    }
    if (place.get().header() == 0) {
      return PoolAllocation.read(view.machine(), view.candidates().pages(), place.get())
          .map(PoolAllocation::freed)
          .orElse(null);
    }
    return view.kernel().memory().u8(place.get().header() + POOL_TYPE).stream()
        .mapToObj(type -> type == 0)
        .findFirst()
        .orElse(null);
  }
}
