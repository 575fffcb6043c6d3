package io.memlake.engine.artifacts.file;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.objects.file.FileObject;
import io.memlake.engine.objects.file.FileObjectReader;
import io.memlake.engine.objects.handle.ObjectFacts;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.FileRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Fills {@code files} from the pool scan and from the handles of all processes. */
public final class FileArtifact implements MachineArtifact<FileRow> {
  private static final String TABLE = "files";
  private static final Set<String> TAGS = Set.of("File", "Fil\u00e5");

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<FileRow> rowType() {
    return FileRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super FileRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      FileObjectReader reader = FileObjectReader.of(view.machine());
      Map<Long, OpenFiles.Holders> open = OpenFiles.of(view).byObject();
      Map<Long, PoolObject> mapped = new HashMap<>();
      TreeMap<Long, PoolObject> unmapped = new TreeMap<>();
      for (PoolObject object : scan(view, reader)) {
        if (object.virtualAddress() == 0) {
          unmapped.put(object.identity(), object);
        } else {
          mapped.put(object.virtualAddress(), object);
        }
      }
      Set<Long> addresses = new java.util.TreeSet<>(Long::compareUnsigned);
      addresses.addAll(open.keySet());
      addresses.addAll(mapped.keySet());
      long count = 0;
      for (long address : addresses) {
        Optional<FileRow> row = row(view, reader, address, mapped.get(address), open.get(address));
        if (row.isPresent()) {
          rows.accept(row.get());
          count++;
        }
      }
      for (PoolObject object : unmapped.values()) {
        rows.accept(unmapped(view, reader, object));
      }
      return Collected.of(count + unmapped.size(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static List<PoolObject> scan(MachineView view, FileObjectReader reader)
      throws IOException {
    return view.candidates().scanned()
        ? ObjectScan.objects(
            view.machine(),
            view.candidates().pages(),
            view.candidates().hits(),
            TAGS,
            "IoFileObjectType",
            reader.size(),
            object -> object.rightType().orElse(true) && reader.sound(object.bytes()))
        : List.of();
  }

  private static Optional<FileRow> row(
      MachineView view,
      FileObjectReader reader,
      long address,
      PoolObject scanned,
      OpenFiles.Holders holders)
      throws IOException {
    Optional<FileObject> file =
        scanned == null ? reader.at(address) : Optional.of(reader.of(scanned.bytes()));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Sighting sighting =
        scanned == null
            ? Sighting.listed()
            : holders == null
                ? Sighting.scanned(scanned)
                : Sighting.listed().and(Sighting.scanned(scanned));
    long physical = view.machine().kernelSpace().translate(address);
    FileRow row = base(view, sighting, file.get(), holders);
    ObjectOrigin origin = ObjectOrigin.of(view.candidates(), address, physical, sighting.scanned());
    row.setLayer(origin.layer());
    row.setForensicPath(ForensicPath.kernel(address));
    row.setObject(address);
    row.setPhysicalAddress(origin.physicalAddress());
    Gaps gaps = new Gaps();
    Optional<ExecutiveObject> object = view.kernel().objects().read(address);
    if (object.isPresent() && object.get().type().isPresent()) {
      ObjectFacts facts = view.objectDescriber().describe(object.get());
      row.setName(facts.name().orElse(null));
      row.setDevice(facts.device().orElse(null));
    } else if (scanned != null) {
      row.setName(reader.name(scanned.bytes()).orElse(null));
    }
    if (row.getName() == null) {
      gaps.add("name", Absence.UNREADABLE);
    }
    gaps.into(row);
    return Optional.of(row);
  }

  private static FileRow unmapped(MachineView view, FileObjectReader reader, PoolObject object)
      throws IOException {
    FileRow row = base(view, Sighting.scanned(object), reader.of(object.bytes()), null);
    ObjectOrigin origin = ObjectOrigin.at(view.candidates(), object.place());
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setPhysicalAddress(origin.physicalAddress());
    row.setName(reader.name(object.bytes()).orElse(null));
    Gaps gaps = new Gaps();
    if (row.getName() == null) {
      gaps.add("name", Absence.UNREADABLE);
    }
    gaps.into(row);
    return row;
  }

  private static FileRow base(
      MachineView view, Sighting sighting, FileObject file, OpenFiles.Holders holders) {
    FileRow row = new FileRow();
    row.setSource(sighting.source());
    row.setConfidence(sighting.confidence(view.candidates().scanned()));
    row.setSize(file.size() < 0 ? null : file.size());
    row.setReadAccess(file.readAccess());
    row.setWriteAccess(file.writeAccess());
    row.setDeleteAccess(file.deleteAccess());
    row.setDeletePending(file.deletePending());
    row.setFlags(file.flags());
    row.setDataSection(file.dataSection() == 0 ? null : file.dataSection());
    row.setSharedCacheMap(file.sharedCacheMap() == 0 ? null : file.sharedCacheMap());
    row.setImageSection(file.imageSection() == 0 ? null : file.imageSection());
    row.setHandles(holders == null ? 0 : holders.handles());
    row.setPid(holders == null ? null : holders.firstPid());
    row.setInHandles(holders != null);
    row.setInScan(view.candidates().scanned() ? sighting.scanned().isPresent() : null);
    row.setFreed(sighting.freed());
    return row;
  }
}
