package io.memlake.engine.artifacts.module;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.module.UnloadedDrivers;
import io.memlake.engine.objects.module.UnloadedDrivers.UnloadedDriver;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.UnloadedModuleRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Fills {@code unloaded_modules} with the kernel's ring of drivers. */
public final class UnloadedDriverArtifact implements MachineArtifact<UnloadedModuleRow> {
  private static final String TABLE = "unloaded_modules";
  private static final int SYSTEM_PID = 4;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<UnloadedModuleRow> rowType() {
    return UnloadedModuleRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super UnloadedModuleRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    if (!UnloadedDrivers.isKnown(view.kernel().memory())) {
      errors.accept(
          ErrorRows.gap(
              TABLE,
              "MmUnloadedDrivers",
              0,
              Absence.UNREADABLE,
              "the ring of unloaded drivers is unknown or not in the image"));
      return Collected.NOTHING;
    }
    List<UnloadedDriver> drivers = new ArrayList<>(UnloadedDrivers.read(view.kernel().memory()));
    drivers.sort(
        Comparator.comparingLong(UnloadedDriver::time)
            .thenComparing(UnloadedDriver::start, Long::compareUnsigned)
            .thenComparing(UnloadedDriver::slot));
    for (UnloadedDriver driver : drivers) {
      rows.accept(row(view, driver));
    }
    return Collected.of(drivers.size(), 0);
  }

  private static UnloadedModuleRow row(MachineView view, UnloadedDriver driver) throws IOException {
    UnloadedModuleRow row = new UnloadedModuleRow();
    Gaps gaps = new Gaps();
    row.setSource("walk");
    row.setLayer(
        view.machine().kernelSpace().translate(driver.entry()) == AddressSpace.ABSENT
            ? null
            : "physical");
    row.setForensicPath(ForensicPath.kernel(driver.entry()));
    row.setConfidence(90);
    row.setPid(SYSTEM_PID);
    row.setProcess("System");
    row.setName(driver.name().orElse(null));
    if (row.getName() == null) {
      gaps.add("name", Absence.UNREADABLE);
    }
    row.setStart(driver.start());
    row.setEnd(driver.end());
    row.setSize(driver.end() - driver.start());
    row.setUnloadTime(FileTimes.instant(driver.time()));
    row.setWow64(false);
    row.setSlot(driver.slot());
    row.setEntry(driver.entry());
    gaps.into(row);
    return row;
  }
}
