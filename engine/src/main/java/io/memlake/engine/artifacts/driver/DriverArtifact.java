package io.memlake.engine.artifacts.driver;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.driver.DriverObject;
import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.objects.module.KernelModule;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.DriverRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.Optional;

/** Fills {@code drivers} from the namespace and from the scan. */
public final class DriverArtifact implements MachineArtifact<DriverRow> {
  private static final String TABLE = "drivers";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<DriverRow> rowType() {
    return DriverRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super DriverRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      DriverTable table = view.kernel().drivers();
      for (SeenDriver seen : table.drivers()) {
        rows.accept(row(view, table, seen));
      }
      return Collected.of(table.drivers().size(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static DriverRow row(MachineView view, DriverTable table, SeenDriver seen)
      throws IOException {
    DriverObject driver = seen.driver();
    KernelAddressNames names = view.kernel().names();
    Optional<KernelModule> module = names.module(driver.start());
    ObjectOrigin origin = seen.origin(view.candidates());
    boolean scanRan = view.candidates().scanned();
    DriverRow row = new DriverRow();
    Gaps gaps = new Gaps();
    row.setSource(seen.sighting().source());
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(seen.sighting().confidence(scanRan));
    row.setName(driver.name().orElse(null));
    row.setObjectName(seen.objectName().orElse(null));
    row.setServiceKey(driver.serviceKey().orElse(null));
    if (row.getName() == null) {
      gaps.add("name", Absence.UNREADABLE);
    }
    if (row.getServiceKey() == null) {
      gaps.add("service_key", Absence.UNREADABLE);
    }
    row.setStart(driver.start());
    row.setSize(driver.size());
    row.setDriverInit(nonZero(driver.init()));
    row.setDriverUnload(nonZero(driver.unload()));
    row.setStartIo(nonZero(driver.startIo()));
    row.setFastIo(nonZero(driver.fastIo()));
    row.setDriverSection(nonZero(driver.section()));
    row.setDeviceObject(nonZero(driver.deviceObject()));
    row.setModule(module.flatMap(KernelModule::name).orElse(null));
    row.setModulePath(module.flatMap(KernelModule::path).orElse(null));
    row.setIrpsForeign(
        (int)
            driver.majorFunctions().stream()
                .filter(address -> RoutineTarget.of(driver, address, names).foreign())
                .count());
    row.setObject(nonZero(driver.virtualAddress()));
    row.setPhysicalAddress(origin.physicalAddress());
    row.setInDirectory(table.treeWalked() ? seen.sighting().inList() : null);
    row.setInScan(scanRan ? seen.sighting().scanned().isPresent() : null);
    row.setFreed(seen.sighting().freed());
    gaps.into(row);
    return row;
  }

  static Long nonZero(long value) {
    return value == 0 ? null : value;
  }
}
