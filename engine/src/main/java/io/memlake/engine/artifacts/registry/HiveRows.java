package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.registry.CellSource;
import io.memlake.engine.objects.registry.HiveGap;
import io.memlake.engine.objects.registry.HiveMap;
import io.memlake.engine.objects.registry.HiveSpaces;
import io.memlake.engine.objects.registry.MountedHive;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecordBase;

/** All rows of one hive: the hive itself, its keys and values, and what interpreters read in it. */
public final class HiveRows {
  static final String HIVES = "registry_hives";
  static final String KEYS = "registry_keys";
  static final String VALUES = "registry_values";

  private HiveRows() {}

  /** Tables that hives fill. */
  public static Set<String> tables() {
    Set<String> tables = new TreeSet<>(Set.of(HIVES, KEYS, VALUES));
    HiveInterpreters.ALL.forEach(interpreter -> tables.add(interpreter.table()));
    return tables;
  }

  /**
   * The hives of a machine; what is wrong with the kernel's list of them goes to {@code errors}.
   * Without symbols for hives there are none, and a row says why.
   */
  public static List<HiveUnit> units(MachineView view, RowSink<? super ErrorRow> errors)
      throws IOException {
    if (view.isNarrow()) {
      errors.accept(ErrorRows.narrow(HIVES));
      return List.of();
    }
    try {
      HiveTable table = view.hives();
      if (table.head() == 0) {
        errors.accept(
            ErrorRows.missingSymbols(HIVES, "the address of CmpHiveListHead is not known"));
      }
      ErrorRows.gaps(errors, HIVES, "CmpHiveListHead", table.head(), null, table.problems());
      return table.units();
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(HIVES, e.getMessage()));
      return List.of();
    }
  }

  /**
   * Reads one hive.
   *
   * @param unit one of {@link HiveTable#units}
   * @param tables names of the tables that are wanted
   * @param rows takes rows of all tables, {@code errors} included
   * @return what was counted
   * @throws IOException when the medium or the sink fails; damage only makes gaps
   */
  public static Collected collect(
      MachineView view, HiveUnit unit, Set<String> tables, RowSink<SpecificRecordBase> rows)
      throws IOException {
    HiveTable table = view.hives();
    Optional<MountedHive> hive = table.hive(unit.address());
    if (hive.isEmpty()) {
      rows.accept(
          ErrorRows.gap(
              HIVES, "hive", unit.address(), Absence.UNREADABLE, "the hive cannot be read again"));
      return Collected.NOTHING;
    }
    HiveWalker walker = new HiveWalker(hive.get(), table.spaces(), tables, rows);
    if (tables.contains(HIVES) || tables.contains(KEYS) || tables.contains(VALUES)) {
      walker.run();
    }
    if (tables.contains(HIVES)) {
      rows.accept(walker.hiveRow(unit));
    }
    report(unit, hive.get(), walker, rows);
    interpret(HiveReading.of(hive.get(), table.spaces()), tables, rows);
    return Collected.of(walker.rowCount() + 1, 0);
  }

  /** Tells the frames that hold the bins of a hive. */
  public static void forEachFrame(MachineView view, HiveUnit unit, LongConsumer frames)
      throws IOException {
    HiveTable table = view.hives();
    Optional<MountedHive> hive = table.hive(unit.address());
    if (hive.isEmpty()) {
      return;
    }
    for (int storage : new int[] {0, CellSource.VOLATILE}) {
      HiveMap cells = hive.get().cells();
      for (long at = 0; at < cells.length(storage != 0); at += CellSource.BLOCK) {
        forFrame(table.spaces(), cells.address((int) at | storage), frames);
      }
    }
  }

  private static void forFrame(HiveSpaces spaces, long address, LongConsumer frames)
      throws IOException {
    Optional<AddressSpace> space =
        HiveSpaces.isKernel(address) ? Optional.of(spaces.kernel()) : spaces.registry();
    if (address != AddressSpace.ABSENT && space.isPresent()) {
      long physical = space.get().translate(address);
      if (physical != AddressSpace.ABSENT) {
        frames.accept(physical >>> PhysicalMemory.PAGE_SHIFT);
      }
    }
  }

  private static void interpret(
      HiveReading reading, Set<String> tables, RowSink<SpecificRecordBase> rows)
      throws IOException {
    for (HiveInterpreter interpreter : HiveInterpreters.ALL) {
      if (tables.contains(interpreter.table()) && interpreter.kinds().contains(reading.kind())) {
        interpreter.read(reading, rows);
      }
    }
  }

  /** The first gaps by themselves, the rest in one row: a damaged hive has thousands. */
  private static void report(
      HiveUnit unit, MountedHive hive, HiveWalker walker, RowSink<SpecificRecordBase> rows)
      throws IOException {
    List<HiveGap> gaps = walker.gaps();
    for (HiveGap gap : gaps) {
      rows.accept(ErrorRows.gap(VALUES, hive.name(), unit.address(), gap.reason(), gap.toString()));
    }
    long folded = walker.gapCount() - gaps.size();
    if (folded > 0) {
      ErrorRow row =
          ErrorRows.gap(
              VALUES,
              hive.name(),
              unit.address(),
              Absence.UNPARSABLE,
              "further cells that cannot be read");
      row.setOccurrences(folded);
      rows.accept(row);
    }
  }
}
