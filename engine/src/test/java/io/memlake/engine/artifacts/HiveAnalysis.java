package io.memlake.engine.artifacts;

import io.memlake.engine.artifacts.registry.HiveRows;
import io.memlake.engine.artifacts.registry.HiveUnit;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.RegistryHiveRow;
import io.memlake.schemas.row.RegistryKeyRow;
import io.memlake.schemas.row.RegistryValueRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** The registry's part of an analysis of one image, in one thread. */
public final class HiveAnalysis {
  public final List<RegistryHiveRow> hives = new ArrayList<>();
  public final List<RegistryKeyRow> keys = new ArrayList<>();
  public final List<RegistryValueRow> values = new ArrayList<>();
  public final List<ErrorRow> errors = new ArrayList<>();
  public final List<SpecificRecordBase> others = new ArrayList<>();

  private HiveAnalysis() {}

  /** Reads all hives with the symbols of {@code store}; the machine must open. */
  public static HiveAnalysis of(ImageIndex image, SymbolStore store) throws IOException {
    HiveAnalysis analysis = new HiveAnalysis();
    Analysis.view(
        image,
        store,
        view -> {
          for (HiveUnit unit : HiveRows.units(view, analysis.errors::add)) {
            HiveRows.collect(view, unit, HiveRows.tables(), analysis::add);
          }
        });
    return analysis;
  }

  private void add(SpecificRecordBase row) {
    if (row instanceof RegistryHiveRow hive) {
      hives.add(hive);
    } else if (row instanceof RegistryKeyRow key) {
      keys.add(key);
    } else if (row instanceof RegistryValueRow value) {
      values.add(value);
    } else if (row instanceof ErrorRow error) {
      errors.add(error);
    } else {
      others.add(row);
    }
  }

  /** Keys of one hive. */
  public List<RegistryKeyRow> keysOf(String hivePath) {
    return keys.stream().filter(row -> row.getHivePath().equals(hivePath)).toList();
  }

  /** Values of one hive. */
  public List<RegistryValueRow> valuesOf(String hivePath) {
    return values.stream().filter(row -> row.getHivePath().equals(hivePath)).toList();
  }

  /** Rows of a derived table. */
  public <R extends SpecificRecordBase> List<R> rows(Class<R> type) {
    return others.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
