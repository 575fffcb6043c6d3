package io.memlake.engine.objects.callback;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.driver.DeviceObject;
import io.memlake.engine.objects.driver.DeviceReader;
import io.memlake.engine.objects.driver.DriverObject;
import io.memlake.engine.objects.driver.DriverReader;
import io.memlake.engine.objects.driver.MajorFunctions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Devices that hear of a shutdown (packet: links, device at 0x10) and drivers that hear of new file
 * systems (packet: links, driver at 0x10, routine at 0x18).
 */
final class IoNotifications {
  static final String SHUTDOWN = "IoRegisterShutdownNotification";
  static final String FILE_SYSTEM = "IoRegisterFsRegistrationChange";
  static final int SHUTDOWN_SIZE = 0x18;
  static final int FILE_SYSTEM_SIZE = 0x20;

  private static final int OBJECT = 0x10;
  private static final int ROUTINE = 0x18;

  private final DeviceReader devices;
  private final DriverReader drivers;

  IoNotifications(DeviceReader devices, DriverReader drivers) {
    this.devices = devices;
    this.drivers = drivers;
  }

  List<CallbackRoutine> list(CallbackLists lists) throws IOException {
    List<CallbackRoutine> routines = new ArrayList<>();
    for (String head :
        List.of("IopNotifyShutdownQueueHead", "IopNotifyLastChanceShutdownQueueHead")) {
      for (CallbackLists.Entry entry : lists.entries(head, SHUTDOWN_SIZE)) {
        shutdown(entry.bytes(), entry.address(), entry.slot()).ifPresent(routines::add);
      }
    }
    for (CallbackLists.Entry entry :
        lists.entries("IopFsNotifyChangeQueueHead", FILE_SYSTEM_SIZE)) {
      fileSystem(entry.bytes(), entry.address(), entry.slot()).ifPresent(routines::add);
    }
    return routines;
  }

  /** The routine of a device's driver that a shutdown calls. */
  Optional<CallbackRoutine> shutdown(byte[] packet, long address, int slot) throws IOException {
    Optional<DeviceObject> device = devices.at(LittleEndian.i64(packet, OBJECT));
    if (device.isEmpty()) {
      return Optional.empty();
    }
    return drivers
        .at(device.get().driver())
        .map(
            driver ->
                new CallbackRoutine(
                    SHUTDOWN,
                    driver.majorFunctions().get(MajorFunctions.SHUTDOWN),
                    address,
                    slot,
                    driver.name().orElse(""),
                    device.get().virtualAddress()));
  }

  Optional<CallbackRoutine> fileSystem(byte[] packet, long address, int slot) throws IOException {
    long routine = LittleEndian.i64(packet, ROUTINE);
    Optional<DriverObject> driver = drivers.at(LittleEndian.i64(packet, OBJECT));
    return routine < 0 && driver.isPresent()
        ? Optional.of(
            new CallbackRoutine(
                FILE_SYSTEM,
                routine,
                address,
                slot,
                driver.get().name().orElse(""),
                driver.get().virtualAddress()))
        : Optional.empty();
  }
}
