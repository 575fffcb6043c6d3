package io.memlake.engine.objects.driver;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads driver objects of one machine. */
public final class DriverReader {
  private static final int IO_TYPE_DRIVER = 4;

  /** Largest driver that is believed: 1 GiB. */
  private static final long MAXIMUM_SIZE = 1L << 30;

  private final AddressSpace space;
  private final int size;
  private final int type;
  private final int objectSize;
  private final int deviceObject;
  private final int start;
  private final int driverSize;
  private final int section;
  private final int extension;
  private final int name;
  private final int fastIo;
  private final int init;
  private final int startIo;
  private final int unload;
  private final FieldType majorFunction;
  private final int serviceKey;

  private DriverReader(Machine machine) {
    space = machine.kernelSpace();
    StructType driver = machine.symbols().struct("_DRIVER_OBJECT");
    size = driver.size();
    type = driver.offsetOf("Type");
    objectSize = driver.offsetOf("Size");
    deviceObject = driver.offsetOf("DeviceObject");
    start = driver.offsetOf("DriverStart");
    driverSize = driver.offsetOf("DriverSize");
    section = driver.offsetOf("DriverSection");
    extension = driver.offsetOf("DriverExtension");
    name = driver.offsetOf("DriverName");
    fastIo = driver.offsetOf("FastIoDispatch");
    init = driver.offsetOf("DriverInit");
    startIo = driver.offsetOf("DriverStartIo");
    unload = driver.offsetOf("DriverUnload");
    majorFunction = driver.field("MajorFunction");
    serviceKey =
        machine
            .symbols()
            .findStruct("_DRIVER_EXTENSION")
            .flatMap(found -> found.find("ServiceKeyName"))
            .map(FieldType::offset)
            .orElse(-1);
  }

  /**
   * A reader for {@code machine}.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the structure
   */
  public static DriverReader of(Machine machine) {
    return new DriverReader(machine);
  }

  /** Bytes of a driver object. */
  public int size() {
    return size;
  }

  /** Whether bytes look like a driver object: its type, its size, where the driver lies. */
  public boolean sound(byte[] bytes) {
    long base = LittleEndian.i64(bytes, start);
    return LittleEndian.u16(bytes, type) == IO_TYPE_DRIVER
        && LittleEndian.u16(bytes, objectSize) >= size
        && base <= 0
        && (base & 0xFFF) == 0
        && LittleEndian.u32(bytes, driverSize) <= MAXIMUM_SIZE;
  }

  /** The driver object at an address; empty when it is absent or none. */
  public Optional<DriverObject> at(long virtualAddress) throws IOException {
    Optional<byte[]> bytes = space.map(virtualAddress, size).filter(this::sound);
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(of(bytes.get(), virtualAddress, space.translate(virtualAddress)));
  }

  /** The driver object in {@code bytes}, which must be {@link #sound}. */
  public DriverObject of(byte[] bytes, long virtualAddress, long physicalAddress)
      throws IOException {
    List<Long> functions = new ArrayList<>();
    for (int i = 0; i < majorFunction.count(); i++) {
      functions.add(LittleEndian.i64(bytes, majorFunction.offset() + i * Long.BYTES));
    }
    return new DriverObject(
        virtualAddress,
        physicalAddress,
        LittleEndian.i64(bytes, start),
        LittleEndian.u32(bytes, driverSize),
        LittleEndian.i64(bytes, section),
        LittleEndian.i64(bytes, init),
        LittleEndian.i64(bytes, unload),
        LittleEndian.i64(bytes, startIo),
        LittleEndian.i64(bytes, fastIo),
        LittleEndian.i64(bytes, deviceObject),
        UnicodeString.in(bytes, name).read(space),
        serviceKey(LittleEndian.i64(bytes, extension)),
        functions);
  }

  private Optional<String> serviceKey(long at) throws IOException {
    byte[] header = new byte[UnicodeString.SIZE];
    return serviceKey >= 0 && at < 0 && space.read(at + serviceKey, header, 0, header.length)
        ? UnicodeString.in(header, 0).read(space)
        : Optional.empty();
  }
}
