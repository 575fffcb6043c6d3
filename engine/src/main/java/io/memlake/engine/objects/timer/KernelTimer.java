package io.memlake.engine.objects.timer;

/**
 * A {@code _KTIMER}.
 *
 * @param address where it lies
 * @param cpu processor in whose table it waits
 * @param bucket slot of that table
 * @param type 8 for notification, 9 for synchronization
 * @param dueTime when it expires, in 100 ns of interrupt time
 * @param period milliseconds, 0 for once
 * @param signaled whether it has expired
 * @param dpc its {@code _KDPC}, decoded; 0 for none
 * @param routine routine of the procedure call; 0 when there is none or it is absent
 * @param context what the routine is called with
 */
public record KernelTimer(
    long address,
    int cpu,
    int bucket,
    int type,
    long dueTime,
    int period,
    boolean signaled,
    long dpc,
    long routine,
    long context) {}
