package io.memlake.engine.objects.driver;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.Optional;

/** Reads device objects of one machine. */
public final class DeviceReader {
  private static final int IO_TYPE_DEVICE = 3;

  private final AddressSpace space;
  private final int size;
  private final int type;
  private final int driver;
  private final int next;
  private final int attached;
  private final int deviceType;
  private final int flags;
  private final int characteristics;

  private DeviceReader(Machine machine) {
    space = machine.kernelSpace();
    StructType device = machine.symbols().struct("_DEVICE_OBJECT");
    size = device.size();
    type = device.offsetOf("Type");
    driver = device.offsetOf("DriverObject");
    next = device.offsetOf("NextDevice");
    attached = device.offsetOf("AttachedDevice");
    deviceType = device.offsetOf("DeviceType");
    flags = device.offsetOf("Flags");
    characteristics = device.offsetOf("Characteristics");
  }

  /**
   * A reader for {@code machine}.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the structure
   */
  public static DeviceReader of(Machine machine) {
    return new DeviceReader(machine);
  }

  /** The device object at an address; empty when it is absent or none. */
  public Optional<DeviceObject> at(long address) throws IOException {
    if (address >= 0) {
      return Optional.empty();
    }
    return space
        .map(address, size)
        .filter(bytes -> LittleEndian.u16(bytes, type) == IO_TYPE_DEVICE)
        .map(
            bytes ->
                new DeviceObject(
                    address,
                    LittleEndian.i64(bytes, driver),
                    LittleEndian.i64(bytes, next),
                    LittleEndian.i64(bytes, attached),
                    LittleEndian.u32(bytes, deviceType),
                    LittleEndian.i32(bytes, flags),
                    LittleEndian.i32(bytes, characteristics)));
  }
}
