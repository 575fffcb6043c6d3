package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.registry.CarvedBins;
import io.memlake.engine.objects.registry.CellSet;
import io.memlake.engine.objects.registry.CellSource;
import io.memlake.engine.objects.registry.DeletedCells;
import io.memlake.engine.objects.registry.Hive;
import io.memlake.engine.objects.registry.HiveBin;
import io.memlake.engine.objects.registry.KeyNode;
import io.memlake.engine.objects.registry.ValueText;
import io.memlake.engine.objects.registry.ValueTypes;
import io.memlake.schemas.row.RegistryKeyRow;
import io.memlake.schemas.row.RegistryValueRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Keys and values of bins that belong to no mounted hive: of files in the cache, of hives that were
 * unloaded, of copies. A bin stands by itself, so paths go up as far as it does.
 */
final class BinRows {
  private static final String KEYS = "registry_keys";
  private static final String VALUES = "registry_values";
  static final Set<String> TABLES = Set.of(KEYS, VALUES);

  private static final String LOOSE = "(bin)";
  private static final int IN_USE = 60;
  private static final int FREED = 40;

  private BinRows() {}

  static void bin(Candidate candidate, Set<String> tables, RowSink<SpecificRecordBase> rows)
      throws IOException {
    if (!tables.contains(KEYS) && !tables.contains(VALUES)) {
      return;
    }
    byte[] bytes = candidate.bytes(candidate.inPage());
    Optional<HiveBin> bin = HiveBin.parse(bytes, 0, bytes.length);
    if (bin.isEmpty() || bin.get().end() > Integer.MAX_VALUE) {
      return;
    }
    bytes = candidate.bytes(bin.get().size());
    CarvedBins cells = new CarvedBins(candidate.path());
    cells.add(bin.get(), bytes);
    Hive hive = new Hive(cells, CellSource.NO_CELL);
    // Nothing was reached from a root: all cells of the bin are candidates.
    DeletedCells.Found found = DeletedCells.find(hive, new CellSet(), gap -> {});
    Map<Integer, DeletedCells.DeletedKey> byCell = new HashMap<>();
    for (DeletedCells.DeletedKey key : found.keys()) {
      byCell.put(key.key().cell(), key);
      if (tables.contains(KEYS)) {
        rows.accept(key(candidate, key));
      }
    }
    if (tables.contains(VALUES)) {
      for (DeletedCells.DeletedValue value : found.values()) {
        rows.accept(value(candidate, value, byCell.get(value.owner())));
      }
    }
  }

  private static RegistryKeyRow key(Candidate candidate, DeletedCells.DeletedKey found) {
    KeyNode key = found.key();
    RegistryKeyRow row = new RegistryKeyRow();
    place(row, candidate, key.inUse());
    row.setHive(0L);
    row.setHivePath(LOOSE);
    row.setKey(found.path());
    row.setName(key.name());
    row.setLastWrite(FileTimes.instant(key.lastWritten()));
    row.setSubkeyCount(key.stableSubkeys() + key.volatileSubkeys());
    row.setValueCount(key.values());
    row.setVolatile$(false);
    row.setDeleted(!key.inUse());
    row.setPathComplete(found.pathComplete());
    row.setFlags(key.flags());
    row.setCell(Integer.toUnsignedLong(key.cell()));
    return row;
  }

  private static RegistryValueRow value(
      Candidate candidate, DeletedCells.DeletedValue found, DeletedCells.DeletedKey owner) {
    RegistryValueRow row = new RegistryValueRow();
    place(row, candidate, found.value().inUse());
    row.setHive(0L);
    row.setHivePath(LOOSE);
    row.setKey(owner == null ? null : owner.path());
    row.setLastWrite(owner == null ? null : FileTimes.instant(owner.key().lastWritten()));
    row.setValue(found.value().name());
    row.setType(ValueTypes.name(found.value().type()));
    row.setTypeId(Integer.toUnsignedLong(found.value().type()));
    ValueText text =
        ValueText.of(found.value().type(), found.data().bytes(), ValueText.MAX_CHARACTERS);
    row.setDataStr(text.text());
    row.setTruncated(text.cut());
    row.setDataSize((long) found.data().length());
    row.setDataMissing((long) found.data().missing());
    row.setVolatile$(false);
    row.setDeleted(!found.value().inUse());
    row.setDataReused(found.dataReused());
    row.setCell(Integer.toUnsignedLong(found.value().cell()));
    return row;
  }

  private static void place(IndexedRecord row, Candidate candidate, boolean inUse) {
    row.put(row.getSchema().getField("source").pos(), "carve");
    row.put(row.getSchema().getField("layer").pos(), candidate.layerName());
    row.put(row.getSchema().getField("forensic_path").pos(), candidate.path());
    row.put(row.getSchema().getField("confidence").pos(), inUse ? IN_USE : FREED);
  }
}
