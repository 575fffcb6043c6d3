package io.memlake.engine.kernel.calibration;

/** What one process says about a field lying at one offset. */
enum Vote {
  /** The value proves the meaning. */
  PROVES,
  /** The value is possible and proves nothing. */
  FITS,
  /** The value cannot have the meaning. */
  CONTRADICTS
}
