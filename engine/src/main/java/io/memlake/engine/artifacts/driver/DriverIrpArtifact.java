package io.memlake.engine.artifacts.driver;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.driver.DriverObject;
import io.memlake.engine.objects.driver.MajorFunctions;
import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.row.DriverIrpRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;

/** Fills {@code driver_irps}: 28 rows a driver. */
public final class DriverIrpArtifact implements MachineArtifact<DriverIrpRow> {
  private static final String TABLE = "driver_irps";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<DriverIrpRow> rowType() {
    return DriverIrpRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super DriverIrpRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    long count = 0;
    try {
      KernelAddressNames names = view.kernel().names();
      for (SeenDriver seen : view.kernel().drivers().drivers()) {
        for (int number = 0; number < seen.driver().majorFunctions().size(); number++) {
          rows.accept(row(view, names, seen, number));
          count++;
        }
      }
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
    }
    return Collected.of(count, 0);
  }

  private static DriverIrpRow row(
      MachineView view, KernelAddressNames names, SeenDriver seen, int number) {
    DriverObject driver = seen.driver();
    long address = driver.majorFunctions().get(number);
    RoutineTarget target = RoutineTarget.of(driver, address, names);
    ObjectOrigin origin = seen.origin(view.candidates());
    DriverIrpRow row = new DriverIrpRow();
    row.setSource(seen.sighting().source());
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(seen.sighting().confidence(view.candidates().scanned()));
    row.setDriver(seen.label());
    row.setObject(DriverArtifact.nonZero(driver.virtualAddress()));
    row.setPhysicalAddress(origin.physicalAddress());
    row.setMajorFunction(number);
    row.setIrp(MajorFunctions.name(number));
    row.setAddress(address);
    row.setModule(names.moduleName(address).orElse(null));
    row.setSymbol(names.symbol(address).orElse(null));
    row.setTarget(target.text());
    row.setForeignPointer(target.foreign());
    return row;
  }
}
