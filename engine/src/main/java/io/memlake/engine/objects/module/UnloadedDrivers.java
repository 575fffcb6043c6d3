package io.memlake.engine.objects.module;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.objects.text.UnicodeString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The kernel's ring of unloaded drivers, {@code MmUnloadedDrivers}: 50 records of name, start, end
 * and time. Rootkits clear it; what is left of a record is still told.
 */
public final class UnloadedDrivers {
  private static final int SLOTS = 50;
  private static final int RECORD_SIZE = 0x28;
  private static final int START = 0x10;
  private static final int END = 0x18;
  private static final int TIME = 0x20;

  private UnloadedDrivers() {}

  /**
   * An unloaded driver.
   *
   * @param slot place in the ring
   * @param entry virtual address of the record
   * @param name its name; empty when absent
   * @param start base address that it had
   * @param end first address behind it
   * @param time when it was unloaded, as a file time
   */
  public record UnloadedDriver(
      int slot, long entry, Optional<String> name, long start, long end, long time) {}

  /** Whether the ring can be found at all. */
  public static boolean isKnown(KernelMemory memory) throws IOException {
    return memory.i64("MmUnloadedDrivers").isPresent();
  }

  /** The records in use, in the order of the ring. */
  public static List<UnloadedDriver> read(KernelMemory memory) throws IOException {
    List<UnloadedDriver> drivers = new ArrayList<>();
    OptionalLong ring = memory.i64("MmUnloadedDrivers");
    for (int slot = 0; slot < SLOTS && ring.orElse(0) < 0; slot++) {
      long entry = ring.getAsLong() + (long) slot * RECORD_SIZE;
      Optional<byte[]> bytes = memory.space().map(entry, RECORD_SIZE);
      if (bytes.isEmpty()) {
        continue;
      }
      long start = LittleEndian.i64(bytes.get(), START);
      long end = LittleEndian.i64(bytes.get(), END);
      if (start < 0 && Long.compareUnsigned(start, end) < 0) {
        drivers.add(
            new UnloadedDriver(
                slot,
                entry,
                UnicodeString.in(bytes.get(), 0)
                    .read(memory.space())
                    .filter(name -> !name.isEmpty()),
                start,
                end,
                LittleEndian.i64(bytes.get(), TIME)));
      }
    }
    return drivers;
  }
}
