package io.memlake.testdata.kernel;

import io.memlake.testdata.layout.KernelIdentity;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.time.Duration;
import java.time.Instant;

/** {@code _KUSER_SHARED_DATA}: the page with version and time that every process can read. */
public final class SharedUserData {

  /** Where the kernel sees it, on every x64 Windows. */
  public static final long KERNEL_ADDRESS = 0xFFFFF78000000000L;

  /** Where a process sees it. */
  public static final long USER_ADDRESS = 0x7FFE0000L;

  private SharedUserData() {}

  /**
   * Maps and writes the page.
   *
   * @param now the machine's time
   * @param boot when it started
   * @param ramFrames frames of RAM
   * @return number of its frame
   */
  public static long write(
      KernelImage kernel, Instant now, Instant boot, long ramFrames, int processors) {
    KernelIdentity id = kernel.layout().identity();
    AddressSpace space = kernel.space();
    long pfn = space.map(KERNEL_ADDRESS, Access.KERNEL_READ_WRITE);
    Struct data = new Struct(space, KERNEL_ADDRESS, kernel.layout().struct("_KUSER_SHARED_DATA"));
    time(data, "SystemTime", SystemClock.fileTime(now));
    time(data, "InterruptTime", Duration.between(boot, now).toNanos() / 100);
    time(data, "TimeZoneBias", 0);
    space.writeUtf16(data.addressOf("NtSystemRoot"), "C:\\Windows");
    data.setIfPresent("NtBuildNumber", id.build())
        .set("NtProductType", isServer(id.build()) ? 3 : 1)
        .set("ProductTypeIsValid", 1)
        .set("NtMajorVersion", id.major())
        .set("NtMinorVersion", id.minor())
        .set("NumberOfPhysicalPages", ramFrames)
        .set("SuiteMask", isServer(id.build()) ? 0x110 : 0x100)
        .setIfPresent("ActiveProcessorCount", processors);
    return pfn;
  }

  private static boolean isServer(int build) {
    return build == 20348;
  }

  /** {@code _KSYSTEM_TIME}: low part, high part, and the high part again. */
  private static void time(Struct data, String field, long value) {
    long at = data.addressOf(field);
    data.space().writeLong(at, value);
    data.space().writeInt(at + Long.BYTES, value >>> Integer.SIZE);
  }
}
