package io.memlake.engine.artifacts.driver;

import io.memlake.engine.objects.driver.DriverObject;
import io.memlake.engine.objects.module.KernelAddressNames;

/** Where a routine of a driver leads. */
enum RoutineTarget {
  /** Into the driver itself. */
  OWN("own", false),
  /** Into the kernel, as the default routine does. */
  KERNEL("kernel", false),
  /**
   * Into another module: usual for the mini drivers of a port driver, and what a hook looks like.
   */
  OTHER("other", true),
  /** Into no module at all. */
  NONE("none", true);

  private final String text;
  private final boolean foreign;

  RoutineTarget(String text, boolean foreign) {
    this.text = text;
    this.foreign = foreign;
  }

  static RoutineTarget of(DriverObject driver, long address, KernelAddressNames names) {
    if (driver.contains(address)) {
      return OWN;
    }
    if (names.inKernel(address)) {
      return KERNEL;
    }
    return names.module(address).isPresent() ? OTHER : NONE;
  }

  /** As the tables spell it. */
  String text() {
    return text;
  }

  boolean foreign() {
    return foreign;
  }
}
