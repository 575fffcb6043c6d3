package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.registry.BaseBlock;
import io.memlake.engine.objects.registry.CellSet;
import io.memlake.engine.objects.registry.CellSource;
import io.memlake.engine.objects.registry.DeletedCells;
import io.memlake.engine.objects.registry.Hive;
import io.memlake.engine.objects.registry.HiveGap;
import io.memlake.engine.objects.registry.HiveSpaces;
import io.memlake.engine.objects.registry.HiveVisitor;
import io.memlake.engine.objects.registry.HiveWalk;
import io.memlake.engine.objects.registry.KeyNode;
import io.memlake.engine.objects.registry.KeySecurity;
import io.memlake.engine.objects.registry.MountedHive;
import io.memlake.engine.objects.registry.ValueData;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.engine.objects.registry.ValueText;
import io.memlake.engine.objects.registry.ValueTypes;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.RegistryHiveRow;
import io.memlake.schemas.row.RegistryKeyRow;
import io.memlake.schemas.row.RegistryValueRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Walks one hive once and makes its rows of keys and values, deleted ones last. */
final class HiveWalker implements HiveVisitor {
  /** Gaps that are told one by one; the number of all is counted. */
  private static final int MAX_GAPS = 32;

  /** Security cells are shared by many keys: so many owners are remembered. */
  private static final int MAX_OWNERS = 4096;

  private static final int SURE = 100;
  private static final int DELETED = 70;
  private static final int ORPHANED = 40;

  private final MountedHive mounted;
  private final Hive hive;
  private final CellPlaces places;
  private final boolean keysWanted;
  private final boolean valuesWanted;
  private final RowSink<SpecificRecordBase> rows;
  private final Map<Integer, String> owners = new HashMap<>();
  private final List<HiveGap> gaps = new ArrayList<>();
  private long gapCount;
  private long keys;
  private long values;
  private long deletedKeys;
  private long deletedValues;

  HiveWalker(
      MountedHive mounted,
      HiveSpaces spaces,
      Set<String> tables,
      RowSink<SpecificRecordBase> rows) {
    this.mounted = mounted;
    this.hive = mounted.hive();
    this.places = new CellPlaces(mounted.cells(), spaces);
    this.keysWanted = tables.contains(HiveRows.KEYS);
    this.valuesWanted = tables.contains(HiveRows.VALUES);
    this.rows = rows;
  }

  void run() throws IOException {
    CellSet reached = HiveWalk.walk(hive, this);
    DeletedCells.Found found = DeletedCells.find(hive, reached, this::gap);
    Map<Integer, DeletedCells.DeletedKey> byCell = new HashMap<>();
    for (DeletedCells.DeletedKey key : found.keys()) {
      byCell.put(key.key().cell(), key);
      deletedKeys++;
      if (keysWanted) {
        RegistryKeyRow row = keyRow(key.path(), key.key());
        row.setSource("carve");
        row.setDeleted(true);
        row.setPathComplete(key.pathComplete());
        row.setConfidence(key.pathComplete() ? DELETED : ORPHANED);
        rows.accept(row);
      }
    }
    for (DeletedCells.DeletedValue value : found.values()) {
      deletedValues++;
      if (valuesWanted) {
        DeletedCells.DeletedKey owner = byCell.get(value.owner());
        rows.accept(deletedRow(value, owner));
      }
    }
  }

  @Override
  public void key(String path, KeyNode key) throws IOException {
    keys++;
    if (keysWanted) {
      rows.accept(keyRow(path, key));
    }
  }

  @Override
  public void value(String path, KeyNode key, ValueNode value) throws IOException {
    values++;
    if (valuesWanted) {
      RegistryValueRow row = valueRow(value, hive.data(value, this::gap));
      row.setKey(path);
      row.setLastWrite(FileTimes.instant(key.lastWritten()));
      row.setVolatile$(key.isVolatile() || CellSource.isVolatile(value.cell()));
      rows.accept(row);
    }
  }

  @Override
  public void gap(String path, HiveGap gap) {
    gap(gap);
  }

  private void gap(HiveGap gap) {
    gapCount++;
    if (gaps.size() < MAX_GAPS) {
      gaps.add(gap);
    }
  }

  private RegistryKeyRow keyRow(String path, KeyNode key) throws IOException {
    RegistryKeyRow row = new RegistryKeyRow();
    row.setSource("registry");
    row.setConfidence(SURE);
    places.into(row, key.cell());
    row.setHive(mounted.address());
    row.setHivePath(mounted.name());
    row.setKey(path);
    row.setName(key.name());
    row.setLastWrite(FileTimes.instant(key.lastWritten()));
    row.setSubkeyCount(key.stableSubkeys() + key.volatileSubkeys());
    row.setValueCount(key.values());
    row.setVolatile$(key.isVolatile());
    row.setDeleted(false);
    row.setPathComplete(true);
    String className = hive.className(key, key.inUse() ? this::gap : gap -> {}).orElse("");
    row.setClassName(className.isEmpty() ? null : className);
    row.setOwnerSid(owner(key));
    row.setFlags(key.flags());
    row.setCell(Integer.toUnsignedLong(key.cell()));
    return row;
  }

  private String owner(KeyNode key) throws IOException {
    if (owners.containsKey(key.security())) {
      return owners.get(key.security());
    }
    // A deleted key may name a cell that is something else by now: that is no gap.
    String owner =
        hive.security(key, key.inUse() ? this::gap : gap -> {})
            .flatMap(KeySecurity::owner)
            .orElse(null);
    if (owners.size() < MAX_OWNERS) {
      owners.put(key.security(), owner);
    }
    return owner;
  }

  private RegistryValueRow valueRow(ValueNode value, ValueData data) throws IOException {
    RegistryValueRow row = new RegistryValueRow();
    row.setSource("registry");
    row.setConfidence(SURE);
    places.into(row, value.cell());
    row.setHive(mounted.address());
    row.setHivePath(mounted.name());
    row.setValue(value.name());
    row.setType(ValueTypes.name(value.type()));
    row.setTypeId(Integer.toUnsignedLong(value.type()));
    ValueText text = ValueText.of(value.type(), data.bytes(), ValueText.MAX_CHARACTERS);
    row.setDataStr(text.text());
    row.setTruncated(text.cut());
    row.setDataSize((long) data.length());
    row.setDataMissing((long) data.missing());
    row.setVolatile$(CellSource.isVolatile(value.cell()));
    row.setDeleted(false);
    row.setDataReused(false);
    row.setCell(Integer.toUnsignedLong(value.cell()));
    return row;
  }

  private RegistryValueRow deletedRow(
      DeletedCells.DeletedValue value, DeletedCells.DeletedKey owner) throws IOException {
    RegistryValueRow row = valueRow(value.value(), value.data());
    row.setSource("carve");
    row.setDeleted(true);
    row.setDataReused(value.dataReused());
    row.setConfidence(owner == null || value.dataReused() ? ORPHANED : DELETED);
    if (owner != null) {
      row.setKey(owner.path());
      row.setLastWrite(FileTimes.instant(owner.key().lastWritten()));
    }
    return row;
  }

  RegistryHiveRow hiveRow(HiveUnit unit) throws IOException {
    RegistryHiveRow row = new RegistryHiveRow();
    boolean listed = Boolean.TRUE.equals(unit.inList());
    row.setSource(listed ? "walk" : "scan");
    boolean framed = mounted.physicalAddress() != AddressSpace.ABSENT;
    row.setLayer(framed ? "physical" : null);
    row.setForensicPath(ForensicPath.kernel(mounted.address()));
    row.setConfidence(listed ? SURE : ORPHANED);
    row.setHive(mounted.address());
    row.setPhysicalAddress(framed ? mounted.physicalAddress() : null);
    row.setHivePath(mounted.name());
    row.setKind(HiveKind.of(mounted).name());
    row.setFileFullPath(mounted.fileFullPath().orElse(null));
    row.setFileUserName(mounted.fileUserName().orElse(null));
    row.setHiveRootPath(mounted.rootPath().orElse(null));
    row.setInList(unit.inList());
    row.setInScan(unit.inScan());
    row.setStableBytes(mounted.cells().length(false));
    row.setVolatileBytes(mounted.cells().length(true));
    row.setMissingBlocks(missing(false) + missing(true));
    mounted.baseBlock().ifPresent(block -> baseBlock(row, block));
    row.setKeyCount(keys);
    row.setValueCount(values);
    row.setDeletedKeys(deletedKeys);
    row.setDeletedValues(deletedValues);
    row.setProblems(gapCount);
    return row;
  }

  private static void baseBlock(RegistryHiveRow row, BaseBlock block) {
    row.setRootCell(Integer.toUnsignedLong(block.rootCell()));
    row.setSequence1(Integer.toUnsignedLong(block.sequence1()));
    row.setSequence2(Integer.toUnsignedLong(block.sequence2()));
    row.setMinorVersion(block.minorVersion());
    row.setLastWritten(FileTimes.instant(block.lastWritten()));
    row.setLastReorganized(FileTimes.instant(block.lastReorganized()));
  }

  private long missing(boolean volatileStorage) throws IOException {
    byte[] one = new byte[1];
    long missing = 0;
    int storage = volatileStorage ? CellSource.VOLATILE : 0;
    for (long at = 0; at < mounted.cells().length(volatileStorage); at += CellSource.BLOCK) {
      missing += mounted.cells().read((int) at | storage, one, 0, 1) ? 0 : 1;
    }
    return missing;
  }

  List<HiveGap> gaps() {
    return gaps;
  }

  long gapCount() {
    return gapCount;
  }

  long rowCount() {
    return keys + values + deletedKeys + deletedValues;
  }
}
