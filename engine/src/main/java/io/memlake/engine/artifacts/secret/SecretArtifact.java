package io.memlake.engine.artifacts.secret;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.registry.HiveKind;
import io.memlake.engine.artifacts.registry.HiveReading;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.CachedumpRow;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.HashdumpRow;
import io.memlake.schemas.row.LsadumpRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Fills one table of secrets out of the hives of a machine.
 *
 * @param <R> the row type
 */
public final class SecretArtifact<R extends SpecificRecordBase> implements MachineArtifact<R> {
  private final String table;
  private final Class<R> rowType;
  private final HiveKind kind;
  private final Reader<R> reader;

  private SecretArtifact(String table, Class<R> rowType, HiveKind kind, Reader<R> reader) {
    this.table = table;
    this.rowType = rowType;
    this.kind = kind;
    this.reader = reader;
  }

  private interface Reader<R> {
    List<R> read(SecretHives secrets, HiveReading hive) throws IOException;
  }

  /** Hashes of local accounts. */
  public static SecretArtifact<HashdumpRow> accounts() {
    return new SecretArtifact<>("hashdump", HashdumpRow.class, HiveKind.SAM, SecretHives::accounts);
  }

  /** Secrets of the local security authority. */
  public static SecretArtifact<LsadumpRow> secrets() {
    return new SecretArtifact<>(
        "lsadump", LsadumpRow.class, HiveKind.SECURITY, SecretHives::secrets);
  }

  /** Cached domain logons. */
  public static SecretArtifact<CachedumpRow> logons() {
    return new SecretArtifact<>(
        "cachedump", CachedumpRow.class, HiveKind.SECURITY, SecretHives::logons);
  }

  @Override
  public String table() {
    return table;
  }

  @Override
  public Class<R> rowType() {
    return rowType;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super R> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      Optional<HiveReading> system = view.hives().reading(HiveKind.SYSTEM);
      Optional<HiveReading> hive = view.hives().reading(kind);
      Optional<SecretHives> secrets =
          system.isEmpty() ? Optional.empty() : SecretHives.of(system.get());
      if (hive.isEmpty() || secrets.isEmpty()) {
        String lacking = hive.isEmpty() ? "the hive " + kind : "the boot key in SYSTEM";
        errors.accept(
            ErrorRows.gap(
                table, kind.name(), 0, Absence.UNREADABLE, lacking + " is not in the evidence"));
        return Collected.NOTHING;
      }
      List<R> found = reader.read(secrets.get(), hive.get());
      for (R row : found) {
        rows.accept(row);
      }
      return Collected.of(found.size(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(table, e.getMessage()));
      return Collected.NOTHING;
    }
  }
}
