package io.memlake.jobs.bench;

/**
 * How fast pages come out of a container.
 *
 * @param container its name
 * @param mebibytesPerSecond of memory, with one thread
 * @param ofRaw the same as a share of RAW in the same rounds
 * @param twoThreads how many times faster two threads are than one, by the clock
 * @param twoThreadsByProcessor what that would be on two free cores: by the processor time of the
 *     two and the one, so 2 when the two cost no more in all
 */
public record ContainerSpeed(
    String container,
    double mebibytesPerSecond,
    double ofRaw,
    double twoThreads,
    double twoThreadsByProcessor) {}
