package io.memlake.engine.objects.job;

import java.util.ArrayList;
import java.util.List;

/** Names of the bits in a job. Source: winnt.h, {@code JOB_OBJECT_LIMIT_*} and {@code UILIMIT}. */
public final class JobLimits {
  /** How many processes may run. */
  public static final long ACTIVE_PROCESS = 0x8;

  /** A priority class is set. */
  public static final long PRIORITY_CLASS = 0x20;

  /** Memory of each process is limited. */
  public static final long PROCESS_MEMORY = 0x100;

  /** Memory of all processes together is limited. */
  public static final long JOB_MEMORY = 0x200;

  private static final String[] LIMITS = {
    "WORKINGSET",
    "PROCESS_TIME",
    "JOB_TIME",
    "ACTIVE_PROCESS",
    "AFFINITY",
    "PRIORITY_CLASS",
    "PRESERVE_JOB_TIME",
    "SCHEDULING_CLASS",
    "PROCESS_MEMORY",
    "JOB_MEMORY",
    "DIE_ON_UNHANDLED_EXCEPTION",
    "BREAKAWAY_OK",
    "SILENT_BREAKAWAY_OK",
    "KILL_ON_JOB_CLOSE",
    "SUBSET_AFFINITY",
    "JOB_MEMORY_LOW",
    "JOB_READ_BYTES",
    "JOB_WRITE_BYTES",
    "RATE_CONTROL"
  };

  private static final String[] RESTRICTIONS = {
    "HANDLES",
    "READCLIPBOARD",
    "WRITECLIPBOARD",
    "SYSTEMPARAMETERS",
    "DISPLAYSETTINGS",
    "GLOBALATOMS",
    "DESKTOP",
    "EXITWINDOWS"
  };

  private JobLimits() {}

  /** Names of the limits among {@code flags}; a bit without a name is given as a number. */
  public static List<String> names(long flags) {
    return names(flags, LIMITS);
  }

  /** Names of what may not be done on a desktop, like {@link #names}. */
  public static List<String> restrictions(long flags) {
    return names(flags, RESTRICTIONS);
  }

  private static List<String> names(long flags, String[] known) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      if ((flags >>> bit & 1) != 0) {
        names.add(bit < known.length ? known[bit] : "0x" + Long.toHexString(1L << bit));
      }
    }
    return names;
  }
}
