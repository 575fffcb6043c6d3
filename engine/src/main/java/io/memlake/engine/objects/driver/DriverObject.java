package io.memlake.engine.objects.driver;

import java.util.List;
import java.util.Optional;

/**
 * A {@code _DRIVER_OBJECT}.
 *
 * @param virtualAddress where it lies, 0 when nothing maps it
 * @param physicalAddress where it lies in RAM, or {@code AddressSpace.ABSENT}
 * @param start base address of the driver
 * @param size bytes of the driver
 * @param section its loader entry
 * @param init its entry point
 * @param unload its unload routine, 0 for none
 * @param startIo its start routine, 0 for none
 * @param fastIo its table of fast I/O routines, 0 for none
 * @param deviceObject its first device, 0 for none
 * @param name full name as the driver itself keeps it; empty when absent
 * @param serviceKey name of its service key; empty when absent
 * @param majorFunctions its 28 routines, by number
 */
public record DriverObject(
    long virtualAddress,
    long physicalAddress,
    long start,
    long size,
    long section,
    long init,
    long unload,
    long startIo,
    long fastIo,
    long deviceObject,
    Optional<String> name,
    Optional<String> serviceKey,
    List<Long> majorFunctions) {

  /** Copies the list. */
  public DriverObject {
    majorFunctions = List.copyOf(majorFunctions);
  }

  /** Whether an address lies in the driver itself. */
  public boolean contains(long address) {
    return Long.compareUnsigned(address - start, size) < 0;
  }
}
