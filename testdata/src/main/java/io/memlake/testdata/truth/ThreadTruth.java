package io.memlake.testdata.truth;

import java.util.List;

/**
 * One thread.
 *
 * @param tid thread id
 * @param ethread address of its {@code _ETHREAD}
 * @param physicalEthread physical address of the first byte of that structure
 * @param startAddress where the kernel started it
 * @param win32StartAddress what the program asked to run
 * @param teb address of its {@code _TEB}; 0 for a system thread
 * @param createTime when it was started
 * @param exitTime when it ended; 0 while it runs
 * @param userFrames the calls on its user stack, the last first; none unless they were asked for
 */
public record ThreadTruth(
    long tid,
    long ethread,
    long physicalEthread,
    long startAddress,
    long win32StartAddress,
    long teb,
    long createTime,
    long exitTime,
    List<FrameTruth> userFrames) {

  /** Copies the list. */
  public ThreadTruth {
    userFrames = List.copyOf(userFrames);
  }
}
