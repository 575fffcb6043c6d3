package io.memlake.engine.artifacts.object;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.objects.object.NamedObject;
import io.memlake.engine.objects.object.ObjectTree;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.NormalName;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.KernelObjectRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills {@code kernel_objects}. */
public final class KernelObjectArtifact implements MachineArtifact<KernelObjectRow> {
  private static final String TABLE = "kernel_objects";
  private static final Comparator<KernelObjectRow> ORDER =
      Comparator.comparing(
              KernelObjectRow::getPath, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(KernelObjectRow::getType, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(KernelObjectRow::getObject, Comparator.nullsLast(Long::compareUnsigned))
          .thenComparing(
              KernelObjectRow::getPhysicalAddress, Comparator.nullsLast(Long::compareUnsigned))
          .thenComparing(KernelObjectRow::getForensicPath);

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<KernelObjectRow> rowType() {
    return KernelObjectRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super KernelObjectRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      ObjectTree tree = view.kernel().tree();
      ErrorRows.gaps(errors, TABLE, "ObpRootDirectoryObject", 0, null, tree.problems());
      List<KernelObjectRow> sorted = rows(view, tree);
      sorted.sort(ORDER);
      for (KernelObjectRow row : sorted) {
        rows.accept(row);
      }
      return Collected.of(sorted.size(), tree.objects().isEmpty() ? 0 : tree.problems().size());
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static List<KernelObjectRow> rows(MachineView view, ObjectTree tree) throws IOException {
    ObjectDetails details = ObjectDetails.of(view.machine());
    Map<Long, PoolObject> scanned = new LinkedHashMap<>();
    Map<PoolObject, ScannedKind> kinds = new HashMap<>();
    for (ScannedKind kind : details.kinds()) {
      for (PoolObject object : kind.scan(view)) {
        scanned.putIfAbsent(object.identity(), object);
        kinds.put(object, kind);
      }
    }
    List<KernelObjectRow> rows = new ArrayList<>();
    for (NamedObject named : tree.objects()) {
      long body = named.object().body();
      long physicalAddress = view.machine().kernelSpace().translate(body);
      PoolObject seen = scanned.remove(place(physicalAddress, body));
      Sighting sighting =
          seen == null ? Sighting.listed() : Sighting.listed().and(Sighting.scanned(seen));
      KernelObjectRow row = row(view, sighting, body, physicalAddress);
      String type = named.object().type().orElse(null);
      row.setType(type);
      row.setName(named.object().name().orElse(null));
      row.setNameNorm(NormalName.of(row.getName()));
      row.setPath(named.path());
      row.setDirectory(named.directory() == 0 ? null : named.directory());
      row.setPointerCount(named.object().pointerCount());
      row.setHandleCount(named.object().handleCount());
      row.setInTree(true);
      boolean sought = view.candidates().scanned() && details.isScannedFor(type);
      row.setInScan(sought ? seen != null : null);
      details.fill(row, body, type);
      rows.add(row);
    }
    for (PoolObject object : scanned.values()) {
      rows.add(scannedRow(view, tree, object, kinds.get(object)));
    }
    return rows;
  }

  private static KernelObjectRow scannedRow(
      MachineView view, ObjectTree tree, PoolObject object, ScannedKind kind) throws IOException {
    KernelObjectRow row =
        row(view, Sighting.scanned(object), object.virtualAddress(), object.physicalAddress());
    row.setType(kind.type());
    if (object.name().isPresent()) {
      row.setName(
          object
              .name()
              .get()
              .read(view.machine().kernelSpace())
              .filter(name -> !name.isEmpty())
              .orElse(null));
      row.setNameNorm(NormalName.of(row.getName()));
    }
    row.setPointerCount(object.pointerCount());
    row.setHandleCount(object.handleCount());
    row.setInTree(tree.objects().isEmpty() ? null : false);
    row.setInScan(true);
    kind.fill(row, object.bytes());
    return row;
  }

  private static KernelObjectRow row(
      MachineView view, Sighting sighting, long virtualAddress, long physicalAddress) {
    ObjectOrigin origin =
        ObjectOrigin.of(view.candidates(), virtualAddress, physicalAddress, sighting.scanned());
    KernelObjectRow row = new KernelObjectRow();
    row.setSource(sighting.source());
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(sighting.confidence(view.candidates().scanned()));
    row.setObject(virtualAddress == 0 ? null : virtualAddress);
    row.setPhysicalAddress(origin.physicalAddress());
    row.setFreed(sighting.freed());
    return row;
  }

  private static long place(long physicalAddress, long virtualAddress) {
    return physicalAddress == AddressSpace.ABSENT ? virtualAddress : physicalAddress;
  }
}
