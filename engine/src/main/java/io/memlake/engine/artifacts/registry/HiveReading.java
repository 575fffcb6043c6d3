package io.memlake.engine.artifacts.registry;

import io.memlake.engine.objects.registry.Hive;
import io.memlake.engine.objects.registry.HiveSpaces;
import io.memlake.engine.objects.registry.MountedHive;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** One hive as interpreters see it. */
public final class HiveReading {
  private final String name;
  private final HiveKind kind;
  private final Hive hive;
  private final Optional<CellPlaces> places;

  private HiveReading(String name, HiveKind kind, Hive hive, Optional<CellPlaces> places) {
    this.name = name;
    this.kind = kind;
    this.hive = hive;
    this.places = places;
  }

  /** A hive in memory. */
  public static HiveReading of(MountedHive hive, HiveSpaces spaces) {
    return new HiveReading(
        hive.name(),
        HiveKind.of(hive),
        hive.hive(),
        Optional.of(new CellPlaces(hive.cells(), spaces)));
  }

  /** A hive from anywhere else. */
  public static HiveReading of(String name, HiveKind kind, Hive hive) {
    return new HiveReading(name, kind, hive, Optional.empty());
  }

  String name() {
    return name;
  }

  HiveKind kind() {
    return kind;
  }

  /** The root key. */
  public Optional<RegistryKey> root() throws IOException {
    return hive.root(gap -> {}).map(node -> new RegistryKey(hive, node, ""));
  }

  /** The key at a path below the root. */
  public Optional<RegistryKey> find(String path) throws IOException {
    Optional<RegistryKey> root = root();
    return root.isEmpty() ? root : root.get().find(path);
  }

  /** The key at a path below the control set that is in use, of SYSTEM. */
  public Optional<RegistryKey> findInControlSet(String path) throws IOException {
    Long current = null;
    Optional<RegistryKey> select = find("Select");
    if (select.isPresent()) {
      current = select.get().number("Current");
    }
    long number = current == null || current < 1 || current > 999 ? 1 : current;
    return find(String.format(Locale.ROOT, "ControlSet%03d\\%s", number, path));
  }

  /** Sets what rows of all interpreters have in common. */
  public <R extends SpecificRecordBase> R stamp(R row, RegistryKey key) throws IOException {
    Schema schema = row.getSchema();
    row.put(schema.getField("source").pos(), "registry");
    row.put(schema.getField("confidence").pos(), 100);
    row.put(schema.getField("hive_path").pos(), name);
    row.put(schema.getField("key").pos(), key.path());
    Instant written = key.written();
    row.put(schema.getField("last_write").pos(), written);
    if (places.isPresent()) {
      places.get().into(row, key.cell());
    }
    return row;
  }
}
