package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.schemas.row.UsbDeviceRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * USB devices that were ever attached: {@code Enum\USB}, {@code Enum\USBSTOR}, and storage behind
 * the newer protocol in {@code Enum\SCSI}. Times are device properties of the set {@code
 * {83da6326-…}}, kept as values of keys by number.
 */
final class UsbDevices implements HiveInterpreter {
  private static final List<String> BUSES = List.of("USB", "USBSTOR", "SCSI");
  private static final String TIMES = "Properties\\{83da6326-97a6-4088-9453-a1923f573b29}\\";

  @Override
  public String table() {
    return "usb_devices";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SYSTEM);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    for (String bus : BUSES) {
      Optional<RegistryKey> devices = hive.findInControlSet("Enum\\" + bus);
      if (devices.isEmpty()) {
        continue;
      }
      for (RegistryKey device : devices.get().subkeys()) {
        for (RegistryKey instance : device.subkeys()) {
          if (!bus.equals("SCSI") || isUsb(instance)) {
            rows.accept(row(hive, bus, device, instance));
          }
        }
      }
    }
  }

  /** Storage that speaks SCSI over USB has the driver for that. */
  private static boolean isUsb(RegistryKey instance) throws IOException {
    String parent = String.join(" ", instance.texts("HardwareID")).toUpperCase(Locale.ROOT);
    String service = String.valueOf(instance.text("Service"));
    return parent.contains("USB") || service.equalsIgnoreCase("uaspstor");
  }

  private static UsbDeviceRow row(
      HiveReading hive, String bus, RegistryKey device, RegistryKey instance) throws IOException {
    UsbDeviceRow row = hive.stamp(new UsbDeviceRow(), instance);
    row.setBus(bus);
    row.setDevice(device.name());
    row.setSerial(instance.name());
    row.setFriendlyName(instance.text("FriendlyName"));
    row.setDescription(instance.text("DeviceDesc"));
    row.setManufacturer(instance.text("Mfg"));
    row.setService(instance.text("Service"));
    row.setContainerId(instance.text("ContainerID"));
    row.setLastInstall(time(instance, "0064"));
    row.setFirstInstall(time(instance, "0065"));
    row.setLastArrival(time(instance, "0066"));
    row.setLastRemoval(time(instance, "0067"));
    return row;
  }

  /** Windows 7 and 8 keep the data one key deeper. */
  private static Instant time(RegistryKey instance, String number) throws IOException {
    Optional<RegistryKey> property = instance.find(TIMES + number);
    if (property.isPresent()) {
      return property.get().time("");
    }
    Optional<RegistryKey> older = instance.find(TIMES + "0000" + number + "\\00000000");
    return older.isPresent() ? older.get().time("Data") : null;
  }
}
