package io.memlake.testdata.machine;

import java.util.List;

/**
 * A job that a machine shall have.
 *
 * @param path its name; empty for a job without one, which no handle can name
 * @param members executables of the processes in it
 * @param claimed executables of processes that say they are in it, and that its list lacks
 * @param limitFlags {@code JOB_OBJECT_LIMIT_*}
 * @param activeLimit how many processes it may have
 * @param memoryPages pages that all of its processes may commit
 * @param uiRestrictions {@code JOB_OBJECT_UILIMIT_*}
 * @param listed whether the kernel's list holds it
 */
public record JobSpec(
    String path,
    List<String> members,
    List<String> claimed,
    long limitFlags,
    long activeLimit,
    long memoryPages,
    long uiRestrictions,
    boolean listed) {

  /** The limit that ends all processes when the last handle to the job is closed. */
  public static final long KILL_ON_JOB_CLOSE = 0x2000;

  /** Copies the lists. */
  public JobSpec {
    members = List.copyOf(members);
    claimed = List.copyOf(claimed);
  }

  /** A listed job without limits but the one that ends its processes with it. */
  public static JobSpec of(String path, String... members) {
    return new JobSpec(path, List.of(members), List.of(), KILL_ON_JOB_CLOSE, 0, 0, 0, true);
  }
}
