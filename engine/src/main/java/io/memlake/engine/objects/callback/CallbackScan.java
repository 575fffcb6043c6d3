package io.memlake.engine.objects.callback;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.driver.DriverObject;
import io.memlake.engine.objects.driver.DriverReader;
import io.memlake.engine.objects.pool.KernelAddresses;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.objects.pool.PoolPlaces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Registrations behind pool hits, whether a list holds them or not. Only mapped ones count. */
final class CallbackScan {
  /** A block of a notify array whose kind the block does not tell. */
  static final String GENERIC = "GenericKernelCallback";

  private static final int SIZE = 0x40;
  private static final int GENERIC_ROUTINE = 8;
  private static final int GENERIC_CONTEXT = 0x10;
  private static final int DEBUG_PRINT_ROUTINE = 0x10;
  private static final int PNP_CATEGORY = 0x10;
  private static final int PNP_ROUTINE = 0x20;
  private static final int PNP_CONTEXT = 0x28;
  private static final int PNP_DRIVER = 0x30;

  private static final List<String> CATEGORIES =
      List.of(
          "EventCategoryReserved",
          "EventCategoryHardwareProfileChange",
          "EventCategoryDeviceInterfaceChange",
          "EventCategoryTargetDeviceChange",
          "EventCategoryKernelSoftRestart");

  private final Machine machine;
  private final IoNotifications notifications;
  private final DriverReader drivers;

  CallbackScan(Machine machine, IoNotifications notifications, DriverReader drivers) {
    this.machine = machine;
    this.notifications = notifications;
    this.drivers = drivers;
  }

  List<CallbackRoutine> scan(KernelAddresses addresses, Collection<PoolHit> hits)
      throws IOException {
    List<CallbackRoutine> routines = new ArrayList<>();
    Set<String> tags = Set.of("Cbrb", "IoSh", "IoFs", "DbCb", "Pnp9", "PnpC", "PnpD");
    for (PoolPlaces.Place place : PoolPlaces.mapped(addresses, hits, tags)) {
      byte[] bytes = new byte[SIZE];
      boolean[] present = new boolean[2];
      machine.kernelSpace().readSparse(place.data(), bytes, 0, SIZE, present);
      routine(place.tag(), bytes, place.data()).ifPresent(routines::add);
    }
    return routines;
  }

  private Optional<CallbackRoutine> routine(String tag, byte[] bytes, long address)
      throws IOException {
    return switch (tag) {
      case "Cbrb" ->
          plain(
              GENERIC,
              LittleEndian.i64(bytes, GENERIC_ROUTINE),
              address,
              LittleEndian.i64(bytes, GENERIC_CONTEXT));
      case "IoSh" -> notifications.shutdown(bytes, address, -1);
      case "IoFs" -> notifications.fileSystem(bytes, address, -1);
      case "DbCb" ->
          plain(
              "DbgSetDebugPrintCallback", LittleEndian.i64(bytes, DEBUG_PRINT_ROUTINE), address, 0);
      default -> plugAndPlay(bytes, address);
    };
  }

  private static Optional<CallbackRoutine> plain(
      String type, long routine, long address, long context) {
    return routine < 0
        ? Optional.of(new CallbackRoutine(type, routine, address, -1, "", context))
        : Optional.empty();
  }

  private Optional<CallbackRoutine> plugAndPlay(byte[] bytes, long address) throws IOException {
    long routine = LittleEndian.i64(bytes, PNP_ROUTINE);
    long category = LittleEndian.u32(bytes, PNP_CATEGORY);
    if (routine >= 0 || category >= CATEGORIES.size()) {
      return Optional.empty();
    }
    Optional<DriverObject> driver = drivers.at(LittleEndian.i64(bytes, PNP_DRIVER));
    return Optional.of(
        new CallbackRoutine(
            CATEGORIES.get((int) category),
            routine,
            address,
            -1,
            driver.flatMap(DriverObject::name).orElse(""),
            LittleEndian.i64(bytes, PNP_CONTEXT)));
  }
}
