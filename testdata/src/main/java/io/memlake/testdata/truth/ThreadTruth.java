package io.memlake.testdata.truth;

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
 */
public record ThreadTruth(
    long tid,
    long ethread,
    long physicalEthread,
    long startAddress,
    long win32StartAddress,
    long teb,
    long createTime,
    long exitTime) {}
