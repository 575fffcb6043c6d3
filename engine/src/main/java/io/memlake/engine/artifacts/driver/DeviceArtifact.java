package io.memlake.engine.artifacts.driver;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.driver.DeviceObject;
import io.memlake.engine.objects.driver.DeviceReader;
import io.memlake.engine.objects.driver.DeviceStacks;
import io.memlake.engine.objects.driver.DeviceTypes;
import io.memlake.engine.objects.driver.DriverObject;
import io.memlake.engine.objects.driver.DriverReader;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.DeviceRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.Optional;

/** Fills {@code devices}: the stacks above the devices of every driver. */
public final class DeviceArtifact implements MachineArtifact<DeviceRow> {
  private static final String TABLE = "devices";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<DeviceRow> rowType() {
    return DeviceRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super DeviceRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    long count = 0;
    long broken = 0;
    try {
      DeviceReader devices = DeviceReader.of(view.machine());
      DriverReader drivers = DriverReader.of(view.machine());
      for (SeenDriver seen : view.kernel().drivers().drivers()) {
        DeviceStacks stacks = DeviceStacks.of(devices, seen.driver());
        // A driver that was given back leaves a device pointer that leads anywhere: no damage.
        if (seen.sighting().inList()) {
          broken += stacks.problems().size();
          ErrorRows.gaps(
              errors, TABLE, seen.label(), seen.driver().virtualAddress(), null, stacks.problems());
        }
        for (DeviceStacks.Place place : stacks.places()) {
          rows.accept(row(view, drivers, seen, place));
          count++;
        }
      }
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
    }
    return Collected.of(count, broken);
  }

  private static DeviceRow row(
      MachineView view, DriverReader drivers, SeenDriver seen, DeviceStacks.Place place)
      throws IOException {
    DeviceObject device = place.device();
    long physicalAddress = view.machine().kernelSpace().translate(device.virtualAddress());
    boolean framed = physicalAddress != AddressSpace.ABSENT;
    DeviceRow row = new DeviceRow();
    row.setSource(seen.sighting().source());
    row.setLayer(framed ? "physical" : null);
    row.setForensicPath(
        framed
            ? ForensicPath.physical(physicalAddress)
            : ForensicPath.kernel(device.virtualAddress()));
    row.setConfidence(seen.sighting().inList() ? 90 : 70);
    row.setDriver(seen.objectName().or(seen.driver()::name).orElse(null));
    row.setDriverObject(DriverArtifact.nonZero(seen.driver().virtualAddress()));
    row.setDeviceOrder(place.order());
    row.setDepth(place.depth());
    row.setObject(device.virtualAddress());
    row.setPhysicalAddress(framed ? physicalAddress : null);
    row.setDeviceName(
        view.kernel()
            .objects()
            .read(device.virtualAddress())
            .flatMap(ExecutiveObject::name)
            .orElse(null));
    row.setDeviceType(DeviceTypes.name(device.type()));
    row.setFlags(device.flags());
    row.setCharacteristics(device.characteristics());
    if (place.depth() > 0) {
      Optional<DriverObject> owner = drivers.at(device.driver());
      row.setAttachedDriver(owner.flatMap(DriverObject::name).orElse(null));
      row.setAttachedDriverObject(DriverArtifact.nonZero(device.driver()));
      row.setAttachedTo(place.below());
    }
    return row;
  }
}
