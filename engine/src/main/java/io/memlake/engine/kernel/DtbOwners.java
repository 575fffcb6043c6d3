package io.memlake.engine.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * Which process a directory table base belongs to. Page tables do not say whose they are, but the
 * address descriptors of a page can only be found through its process.
 *
 * <p>Filled by whoever meets processes, listed or hidden. One instance belongs to one thread.
 */
public final class DtbOwners {
  /** Answer of {@link #find} for a base without known process. */
  public static final long UNKNOWN = 0;

  /** Processes of a machine, see {@code ProcessList.MAXIMUM_PROCESSES}, twice for KVA shadow. */
  private static final int MAXIMUM_OWNERS = 1 << 17;

  private final Map<Long, Long> eprocesses = new HashMap<>();

  /** Knows nobody. */
  DtbOwners() {}

  /**
   * Makes an owner known. The first one stays: a base that is met again belongs to a process that
   * ended before.
   *
   * @param dtb directory table base without PCID bits; 0 is ignored
   * @param eprocess kernel address of the process; 0, which no table maps, is ignored
   */
  public void add(long dtb, long eprocess) {
    if (dtb != 0 && eprocess != 0 && eprocesses.size() < MAXIMUM_OWNERS) {
      eprocesses.putIfAbsent(dtb, eprocess);
    }
  }

  /** Kernel address of the process with this base, or {@link #UNKNOWN}. */
  public long find(long dtb) {
    Long owner = eprocesses.get(dtb);
    return owner == null ? UNKNOWN : owner;
  }
}
