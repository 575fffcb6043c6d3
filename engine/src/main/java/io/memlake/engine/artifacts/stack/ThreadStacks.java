package io.memlake.engine.artifacts.stack;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.objects.stack.Registers;
import io.memlake.engine.objects.stack.StackBounds;
import io.memlake.engine.objects.stack.StackWalk;
import io.memlake.engine.objects.stack.ThreadContexts;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.ThreadDetails;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Optional;

/** Finds where the stacks of threads begin and walks them. */
final class ThreadStacks {
  private static final int RUNNING = 2;

  private final ThreadDetails details;
  private final ThreadContexts contexts;
  private final AddressSpace kernelSpace;
  private final KernelAddressNames kernelNames;
  private final KernelCode kernelCode;
  private ProcessView lastProcess;
  private UserCode userCode;

  ThreadStacks(MachineView view) throws IOException {
    details = view.threadDetails();
    contexts = new ThreadContexts(view.machine());
    kernelSpace = view.machine().kernelSpace();
    kernelNames = view.kernel().names();
    kernelCode = new KernelCode(kernelSpace, kernelNames);
  }

  CodeNames names() {
    return new CodeNames(kernelNames);
  }

  /** Tells the calls in the kernel. */
  void kernel(Ethread thread, ThreadFrameRows rows) throws IOException {
    StackBounds bounds = new StackBounds(details.stackLimit(thread), details.stackBase(thread));
    if (bounds.base() >= 0 || !bounds.isSound()) {
      return;
    }
    boolean runs = thread.state().orElse(0) == RUNNING;
    long current = details.kernelStack(thread);
    Optional<Registers> context =
        runs
            ? contexts.running(thread.virtualAddress())
            : bounds.holds(current) ? contexts.switchedOut(current) : Optional.empty();
    boolean sound =
        context.isPresent()
            && bounds.holds(context.get().rsp())
            && kernelCode.at(context.get().rip()).isPresent();
    if (sound) {
      rows.add(
          thread, "kernel", StackWalk.of(kernelSpace, kernelCode, bounds, context.get(), runs));
    } else if (!runs && bounds.holds(current)) {
      rows.add(thread, "kernel", StackWalk.scanned(kernelSpace, kernelCode, bounds, current));
    }
  }

  /** Tells the calls in user mode that led into the kernel. */
  void user(Ethread thread, ProcessView process, ThreadFrameRows rows) throws IOException {
    if (process.space().isEmpty()) {
      return;
    }
    Optional<Registers> context = contexts.userMode(details.trapFrame(thread));
    if (context.isEmpty()) {
      return;
    }
    Optional<StackBounds> bounds = bounds(thread, process, context.get().rsp());
    if (bounds.isEmpty()) {
      return;
    }
    if (lastProcess != process) {
      lastProcess = process;
      userCode = new UserCode(process);
    }
    rows.add(
        thread,
        "user",
        StackWalk.of(process.space().get(), userCode, bounds.get(), context.get(), true));
  }

  /** By the TEB; where that is absent, or tells of another stack, the range that it lies in. */
  private static Optional<StackBounds> bounds(Ethread thread, ProcessView process, long rsp)
      throws IOException {
    Optional<StackBounds> told =
        ThreadDetails.userStack(thread, process.space().orElseThrow())
            .map(stack -> new StackBounds(stack.limit(), stack.base()))
            .filter(found -> found.isSound() && found.holds(rsp));
    if (told.isPresent()) {
      return told;
    }
    VadNode node = process.vads().find(rsp);
    return Optional.ofNullable(node)
        .map(range -> new StackBounds(range.start(), range.end() + 1))
        .filter(StackBounds::isSound);
  }
}
