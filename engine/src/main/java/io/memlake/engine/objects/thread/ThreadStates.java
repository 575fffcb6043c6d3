package io.memlake.engine.objects.thread;

import io.memlake.engine.symbols.SymbolTable;
import java.util.Optional;

/** Names for the numbers in a thread. Source: ntddk.h; they have only been added to. */
public final class ThreadStates {
  private static final String[] STATES = {
    "initialized",
    "ready",
    "running",
    "standby",
    "terminated",
    "waiting",
    "transition",
    "deferred_ready",
    "gate_wait",
    "waiting_for_process_in_swap"
  };

  private static final String[] WAIT_REASONS = {
    "Executive",
    "FreePage",
    "PageIn",
    "PoolAllocation",
    "DelayExecution",
    "Suspended",
    "UserRequest",
    "WrExecutive",
    "WrFreePage",
    "WrPageIn",
    "WrPoolAllocation",
    "WrDelayExecution",
    "WrSuspended",
    "WrUserRequest",
    "WrEventPair",
    "WrQueue",
    "WrLpcReceive",
    "WrLpcReply",
    "WrVirtualMemory",
    "WrPageOut",
    "WrRendezvous",
    "WrKeyedEvent",
    "WrTerminated",
    "WrProcessInSwap",
    "WrCpuRateControl",
    "WrCalloutStack",
    "WrKernel",
    "WrResource",
    "WrPushLock",
    "WrMutex",
    "WrQuantumEnd",
    "WrDispatchInt",
    "WrPreempted",
    "WrYieldExecution",
    "WrFastMutex",
    "WrGuardedMutex",
    "WrRundown",
    "WrAlertByThreadId",
    "WrDeferredPreempt",
    "WrPhysicalFault",
    "WrIoRing",
    "WrMdlCache",
    "WrRcu"
  };

  private ThreadStates() {}

  /** {@code KTHREAD_STATE} as the tables spell it; empty for a number without name. */
  public static Optional<String> state(int number) {
    return number < STATES.length ? Optional.of(STATES[number]) : Optional.empty();
  }

  /** {@code KWAIT_REASON} by the kernel's own symbols, else as it is documented. */
  public static Optional<String> waitReason(SymbolTable symbols, int number) {
    Optional<String> own =
        symbols.findEnum("_KWAIT_REASON").flatMap(reasons -> reasons.nameOf(number));
    if (own.isPresent() || number >= WAIT_REASONS.length) {
      return own;
    }
    return Optional.of(WAIT_REASONS[number]);
  }
}
