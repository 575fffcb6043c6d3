package io.memlake.engine.artifacts.network;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.network.Endpoint;
import io.memlake.engine.objects.network.EndpointReader;
import io.memlake.engine.objects.network.LayoutChoice;
import io.memlake.engine.objects.network.NetworkTables;
import io.memlake.engine.objects.network.NetworkTags;
import io.memlake.engine.objects.pool.PoolAllocation;
import io.memlake.engine.objects.pool.PoolPlaces;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.NetworkRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills {@code network}. */
public final class NetworkArtifact implements MachineArtifact<NetworkRow> {
  private static final String TABLE = "network";
  private static final Comparator<NetworkRow> ORDER =
      Comparator.comparing(NetworkRow::getProto)
          .thenComparing(NetworkRow::getLocalPort)
          .thenComparing(NetworkRow::getObject, Comparator.nullsLast(Long::compareUnsigned))
          .thenComparing(NetworkRow::getForensicPath)
          .thenComparing(
              NetworkRow::getLocalAddr, Comparator.nullsFirst(Comparator.naturalOrder()));

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<NetworkRow> rowType() {
    return NetworkRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super NetworkRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      Map<Long, SeenProcess> processes = new HashMap<>();
      view.processes()
          .processes()
          .forEach(seen -> processes.put(seen.process().virtualAddress(), seen));
      processes.remove(0L);
      List<PoolPlaces.Place> places =
          PoolPlaces.mapped(view.candidates().pages(), view.candidates().hits(), NetworkTags.all());
      LayoutChoice choice = LayoutChoice.of(view.machine(), places, processes.keySet());
      EndpointReader reader = new EndpointReader(view.machine(), choice.layout());
      NetworkTables tables = NetworkTables.walk(view.machine(), view.kernel().modules(), reader);
      for (String problem : tables.problems()) {
        errors.accept(
            ErrorRows.gap(
                TABLE,
                "tcpip.sys",
                0,
                tables.walked() ? Absence.UNREADABLE : Absence.NOT_AVAILABLE,
                problem));
      }
      Map<Long, SeenEndpoint> seen = seen(reader, tables, places);
      report(choice, seen, errors);
      List<SeenEndpoint> all = new ArrayList<>(seen.values());
      addLeftCopies(view, reader, all);
      NetworkRows maker = new NetworkRows(view, choice.layout().name(), processes);
      List<NetworkRow> sorted = new ArrayList<>();
      for (SeenEndpoint endpoint : all) {
        sorted.addAll(maker.rows(endpoint, tables.walked()));
      }
      sorted.sort(ORDER);
      for (NetworkRow row : sorted) {
        rows.accept(row);
      }
      return Collected.of(sorted.size(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static Map<Long, SeenEndpoint> seen(
      EndpointReader reader, NetworkTables tables, List<PoolPlaces.Place> places)
      throws IOException {
    Map<Long, SeenEndpoint> seen = new LinkedHashMap<>();
    for (Endpoint endpoint : tables.endpoints()) {
      seen.put(endpoint.virtualAddress(), new SeenEndpoint(endpoint, true, Optional.empty()));
    }
    for (PoolPlaces.Place place : places) {
      Optional<Endpoint> endpoint = reader.read(NetworkTags.kind(place.tag()), place.data());
      if (endpoint.isPresent()) {
        seen.merge(
            endpoint.get().virtualAddress(),
            new SeenEndpoint(endpoint.get(), false, Optional.of(place)),
            (listed, scanned) -> new SeenEndpoint(listed.endpoint(), true, scanned.place()));
      }
    }
    return seen;
  }

  /** Copies outside RAM that nothing maps count where nothing else shows their object. */
  private static void addLeftCopies(
      MachineView view, EndpointReader reader, List<SeenEndpoint> seen) throws IOException {
    List<PoolPlaces.Place> copies =
        PoolPlaces.leftCopies(
            view.candidates().pages(), view.candidates().hits(), NetworkTags.all());
    Set<Endpoint> known = new HashSet<>();
    seen.forEach(one -> known.add(one.endpoint().withoutPlace()));
    for (PoolPlaces.Place place : copies) {
      Optional<PoolAllocation> allocation =
          PoolAllocation.read(view.machine(), view.candidates().pages(), place);
      Optional<Endpoint> copy =
          allocation.isEmpty()
              ? Optional.empty()
              : reader.unmapped(NetworkTags.kind(place.tag()), allocation.get().data());
      if (copy.isPresent() && known.add(copy.get().withoutPlace())) {
        seen.add(new SeenEndpoint(copy.get(), false, Optional.of(place)));
      }
    }
  }

  /** A choice without evidence is told: the rows may then be wrong or missing. */
  private static void report(
      LayoutChoice choice, Map<Long, SeenEndpoint> seen, RowSink<? super ErrorRow> errors)
      throws IOException {
    if (!seen.isEmpty() && choice.owned() == 0) {
      errors.accept(
          ErrorRows.warning(
              TABLE,
              "layout " + choice.layout().name(),
              0,
              "no object of "
                  + choice.samples()
                  + " has an owner that is known: the layout may be wrong"));
    }
  }

  /**
   * An object and who saw it.
   *
   * @param endpoint the object
   * @param inTable whether a table of tcpip.sys leads to it
   * @param place its pool allocation; empty when the scan did not find it
   */
  record SeenEndpoint(Endpoint endpoint, boolean inTable, Optional<PoolPlaces.Place> place) {}
}
