package io.memlake.engine.artifacts.thread;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.objects.module.KernelModule;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.ThreadDetails;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ThreadRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts into a row what a thread is about: where it began, as whom it acts, its stacks. */
final class ThreadFacts {
  private final MachineView view;
  private final ThreadDetails details;

  ThreadFacts(MachineView view) {
    this.view = view;
    this.details = view.threadDetails();
  }

  void into(ThreadRow row, ThreadArtifact.SeenThread seen, Gaps gaps) throws IOException {
    Ethread thread = seen.thread();
    row.setName(details.name(thread).orElse(null));
    row.setPriority(boxed(details.priority(thread)));
    row.setBasePriority(boxed(details.basePriority(thread)));
    row.setContextSwitches(
        details.contextSwitches(thread).isPresent()
            ? details.contextSwitches(thread).getAsLong()
            : null);
    row.setHiddenFromDebugger(details.hiddenFromDebugger(thread).orElse(null));
    row.setImpersonating(details.impersonating(thread).orElse(null));
    if (thread.ended()) {
      row.setExitStatus(boxed(details.exitStatus(thread)));
      return;
    }
    kernelStack(row, thread);
    impersonation(row, thread, gaps);
    List<Long> routines = new ThreadApcs(view).into(row, thread, gaps);
    boolean known = seen.owner().isPresent() && seen.owner().get().process().virtualAddress() != 0;
    if (known) {
      try {
        ProcessView process = view.processView(seen.owner().get().process());
        start(row, thread, process);
        ThreadApcs.places(row, routines, process);
      } catch (MissingSymbolException e) {
        gaps.add("win32_start_type", Absence.NOT_AVAILABLE);
      }
    }
  }

  private void kernelStack(ThreadRow row, Ethread thread) throws IOException {
    row.setStackBaseKernel(nonZero(details.stackBase(thread)));
    row.setStackLimitKernel(nonZero(details.stackLimit(thread)));
    row.setKernelStack(nonZero(details.kernelStack(thread)));
    row.setTrapFrame(nonZero(details.trapFrame(thread)));
    row.setDebugActive(details.debugActive(thread).orElse(null));
    Optional<ThreadDetails.Registers> registers = details.registers(thread);
    // Threads of the kernel keep kernel addresses there, or what was on the stack before.
    boolean user =
        registers.isPresent() && isUser(registers.get().rip()) && isUser(registers.get().rsp());
    if (user) {
      row.setUserIp(registers.get().rip());
      row.setUserSp(registers.get().rsp());
    }
    if (registers.isPresent() && Boolean.TRUE.equals(row.getDebugActive())) {
      row.setDr0(registers.get().debug0());
      row.setDr1(registers.get().debug1());
      row.setDr2(registers.get().debug2());
      row.setDr3(registers.get().debug3());
      row.setDr7(registers.get().debug7());
    }
  }

  private void impersonation(ThreadRow row, Ethread thread, Gaps gaps) throws IOException {
    if (!Boolean.TRUE.equals(row.getImpersonating())) {
      return;
    }
    long reference = details.impersonationToken(thread);
    row.setImpersonationToken(nonZero(reference & ~7));
    Optional<Token> token = view.tokenReader().read(reference);
    row.setImpersonationSid(token.flatMap(Token::userSid).orElse(null));
    if (row.getImpersonationSid() == null) {
      gaps.add("impersonation_sid", Absence.UNREADABLE);
    }
  }

  private void start(ThreadRow row, Ethread thread, ProcessView process) throws IOException {
    if (process.space().isPresent()) {
      ThreadDetails.userStack(thread, process.space().get())
          .ifPresent(
              stack -> {
                row.setStackBaseUser(stack.base());
                row.setStackLimitUser(stack.limit());
              });
    }
    row.setStartModule(module(thread.startAddress(), process));
    row.setWin32StartModule(module(thread.win32StartAddress(), process));
    long start =
        thread.win32StartAddress() != 0 ? thread.win32StartAddress() : thread.startAddress();
    if (start == 0) {
      return;
    }
    String type = type(start, process);
    row.setWin32StartType(type);
    row.setStartBacked(type == null ? null : type.equals("image") || type.equals("kernel"));
  }

  /** Null when ranges were lost, so that nothing can be said. */
  private String type(long start, ProcessView process) throws IOException {
    if (isKernel(start)) {
      return kernelModule(start).isPresent() ? "kernel" : "none";
    }
    VadNode node = process.vads().find(start);
    if (node == null) {
      return process.vads().isComplete() ? "none" : null;
    }
    if (node.type() == VadType.IMAGE_MAP) {
      return "image";
    }
    return node.privateMemory() ? "private" : "mapped";
  }

  private String module(long address, ProcessView process) throws IOException {
    if (address == 0) {
      return null;
    }
    return isKernel(address)
        ? kernelModule(address).flatMap(KernelModule::name).orElse(null)
        : process.moduleAt(address).flatMap(LoaderModule::name).orElse(null);
  }

  private Optional<KernelModule> kernelModule(long address) throws IOException {
    return view.kernel().modules().stream()
        .filter(
            module ->
                Long.compareUnsigned(address, module.base()) >= 0
                    && Long.compareUnsigned(address - module.base(), module.size()) < 0)
        .findFirst();
  }

  private boolean isKernel(long address) {
    return view.machine().kernelSpace().isKernel(address);
  }

  private boolean isUser(long address) {
    return address != 0 && !isKernel(address);
  }

  private static Long nonZero(long address) {
    return address == 0 ? null : address;
  }

  private static Integer boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}
