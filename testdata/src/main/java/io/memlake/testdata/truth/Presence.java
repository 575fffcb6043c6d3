package io.memlake.testdata.truth;

/** How a process is present in memory. */
public enum Presence {
  /** Runs and is listed. */
  ACTIVE(true),
  /** Runs, but was taken out of the list of active processes. */
  UNLINKED(false),
  /** Has ended; still listed because someone holds a handle. No threads, no handles, no memory. */
  TERMINATED(true),
  /** Has ended and its pool block is free; the bytes are still there. */
  FREED(false);

  private final boolean listed;

  Presence(boolean listed) {
    this.listed = listed;
  }

  /** Whether the list of active processes has it. */
  public boolean isListed() {
    return listed;
  }

  /** Whether it runs. */
  public boolean isRunning() {
    return this == ACTIVE || this == UNLINKED;
  }
}
