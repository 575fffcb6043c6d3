package io.memlake.engine.objects.process;

import java.util.Optional;

/**
 * What every real process satisfies, dead ones included. An object that breaks a rule is no row:
 * list links and pool tags survive in memory long after the object.
 */
public final class ProcessRules {
  private static final int DISPATCHER_TYPE_PROCESS = 3;

  /** 1 January 1998 as FILETIME: no system that can be read here is older. */
  private static final long EARLIEST = 125_280_864_000_000_000L;

  /** 1 January 2100 as FILETIME. */
  private static final long LATEST = 157_466_592_000_000_000L;

  private static final long SYSTEM_PID = 4;
  private static final long KERNEL_HALF = 0xFFFF8000_00000000L;

  private ProcessRules() {}

  /** The first rule that the process breaks, in words; empty when it is sound. */
  public static Optional<String> violation(Eprocess process) {
    return Optional.ofNullable(firstViolation(process));
  }

  private static String firstViolation(Eprocess process) {
    if (process.dispatcherType() != DISPATCHER_TYPE_PROCESS) {
      return "its dispatcher header is not of a process";
    }
    if (process.imageFileName().isEmpty()) {
      return "its image file name is empty";
    }
    long pid = process.uniqueProcessId();
    if (pid <= 0 || pid > Integer.MAX_VALUE || (pid & 3) != 0) {
      return "its process id " + pid + " is none";
    }
    if (!process.hasDirectoryTableBase()) {
      return "its directory table base is no frame";
    }
    long created = process.createTime();
    boolean timed = process.layout().createTime().isPresent();
    // System may be made before the clock runs.
    if (timed && pid != SYSTEM_PID && !isTime(created)) {
      return "its creation time is out of range";
    }
    long exited = process.exitTime();
    if (exited != 0 && (exited < created || !isTime(exited))) {
      return "its exit time is out of range";
    }
    boolean threaded = process.layout().threadListHead().isPresent();
    if (threaded
        && (!isKernelAddress(process.firstThread(), process)
            || !isKernelAddress(process.lastThread(), process))) {
      return "its thread list has no kernel addresses";
    }
    return null;
  }

  /** Whether a FILETIME can be the time of an event on a system that can be read here. */
  public static boolean isTime(long fileTime) {
    return fileTime >= EARLIEST && fileTime <= LATEST;
  }

  private static boolean isKernelAddress(long address, Eprocess process) {
    return process.layout().pointerSize() == Long.BYTES
        ? Long.compareUnsigned(address, KERNEL_HALF) >= 0
        : address >>> 31 == 1;
  }
}
