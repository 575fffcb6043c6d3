package io.memlake.engine.artifacts.desktop;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.artifacts.handle.HandleHolders;
import io.memlake.engine.objects.object.NamedObject;
import io.memlake.engine.objects.object.ObjectTree;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All window stations and desktops of a machine, each once, whoever saw it. */
final class DesktopTable {
  static final String STATION = "WindowStation";
  static final String DESKTOP = "Desktop";

  /**
   * Bytes of each object that are looked at: the smallest that either has had on 64-bit Windows are
   * 0x98, of a window station of Windows 7.
   */
  static final int HEAD_BYTES = 0x80;

  private final MachineView view;
  private final Map<Long, SeenObject> objects = new LinkedHashMap<>();
  private Optional<HandleHolders> holders = Optional.empty();
  private boolean treeRead;

  private DesktopTable(MachineView view) {
    this.view = view;
  }

  /** Looks in all places; one that cannot be read says nothing. */
  static DesktopTable of(MachineView view) throws IOException {
    DesktopTable table = new DesktopTable(view);
    table.fromTree();
    table.fromHandles();
    table.fromScan(STATION, Set.of("Wind", "Win\u00e4"), "ExWindowStationObjectType");
    table.fromScan(DESKTOP, Set.of("Desk", "Des\u00eb"), "ExDesktopObjectType");
    return table;
  }

  private void fromTree() throws IOException {
    ObjectTree tree;
    try {
      tree = view.kernel().tree();
    } catch (MissingSymbolException e) {
      return;
    }
    treeRead = !tree.objects().isEmpty();
    for (NamedObject named : tree.ofType(STATION)) {
      put(
          new SeenObject(
              STATION,
              named.object().body(),
              Optional.of(named.object()),
              Optional.of(named.path()),
              Sighting.listed(),
              false));
    }
  }

  private void fromHandles() throws IOException {
    try {
      holders = Optional.of(view.handleHolders()).filter(HandleHolders::known);
    } catch (MissingSymbolException e) {
      return;
    }
    if (holders.isEmpty()) {
      return;
    }
    for (String type : List.of(STATION, DESKTOP)) {
      for (HandleHolders.Held held : holders.get().ofType(type)) {
        put(
            new SeenObject(
                type,
                held.object().body(),
                Optional.of(held.object()),
                Optional.empty(),
                Sighting.listed(),
                true));
      }
    }
  }

  /** Nothing in the object itself is known, so only a header with the right type counts. */
  private void fromScan(String type, Set<String> tags, String typeVariable) throws IOException {
    if (!view.candidates().scanned()) {
      return;
    }
    for (PoolObject object :
        ObjectScan.objects(
            view.machine(),
            view.candidates().pages(),
            view.candidates().hits(),
            tags,
            typeVariable,
            HEAD_BYTES,
            found -> found.rightType().orElse(true))) {
      if (!isOf(object, type)) {
        continue;
      }
      put(
          new SeenObject(
              type,
              object.virtualAddress(),
              Optional.empty(),
              Optional.empty(),
              Sighting.scanned(object),
              false));
    }
  }

  private boolean isOf(PoolObject object, String type) throws IOException {
    if (object.rightType().isPresent() || object.virtualAddress() == 0) {
      return object.rightType().orElse(false);
    }
    return view.kernel()
        .objects()
        .read(object.virtualAddress())
        .map(found -> found.is(type))
        .orElse(false);
  }

  private void put(SeenObject seen) throws IOException {
    long physicalAddress = physicalAddress(seen);
    long place =
        physicalAddress != AddressSpace.ABSENT
            ? physicalAddress
            : seen.sighting().scanned().map(PoolObject::identity).orElse(seen.virtualAddress());
    objects.merge(place, seen, SeenObject::and);
  }

  /** Where an object lies; {@link AddressSpace#ABSENT} when its page left RAM. */
  long physicalAddress(SeenObject seen) throws IOException {
    return seen.sighting().scanned().isPresent()
        ? seen.sighting().scanned().get().physicalAddress()
        : view.machine().kernelSpace().translate(seen.virtualAddress());
  }

  Collection<SeenObject> objects() {
    return objects.values();
  }

  /** Who has handles; empty when handles cannot be read. */
  Optional<HandleHolders> holders() {
    return holders;
  }

  /** Whether the object directories were read. */
  boolean treeRead() {
    return treeRead;
  }
}
