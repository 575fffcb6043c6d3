package io.memlake.testdata.machine;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.process.DraftProcess;
import java.util.ArrayList;
import java.util.List;

/** Queues routines to threads. */
final class Apcs {
  private static final int KAPC = 0x12;
  private static final int LIST_ENTRY = 16;
  private static final int ROUTINE = 0x10;

  /** {@code MM_EXECUTE_READWRITE}. */
  private static final int EXECUTE_READ_WRITE = 6;

  private final Boot boot;
  private final List<DraftProcess> processes;

  Apcs(Boot boot, List<DraftProcess> processes) {
    this.boot = boot;
    this.processes = processes;
  }

  /** Gives every running thread two empty lists, one for each mode. */
  void writeEmpty() {
    for (DraftProcess process : processes) {
      for (KernelObject thread : process.runningThreads()) {
        Struct view = boot.objects().view(thread, "_ETHREAD");
        queue(view, 0, 0, 0, thread);
        queue(view, 1, 0, 0, thread);
        view.set("Tcb.ApcQueueable", 1);
      }
    }
  }

  /** Queues routines to the first thread of a process. */
  void write(ApcSpec spec) {
    DraftProcess process =
        processes.stream()
            .filter(found -> found.isRunning() && found.spec().name().equals(spec.process()))
            .findFirst()
            .orElseThrow();
    KernelObject thread = process.runningThreads().get(0);
    Struct view = boot.objects().view(thread, "_ETHREAD");
    long kernelRoutine = boot.kernel().address("KiSystemCall64");
    queue(view, 0, spec.kernelRoutines(), kernelRoutine, thread);
    queue(view, 1, spec.userRoutines(), userRoutine(process, spec.inPrivateMemory()), thread);
    view.set("Tcb.ApcState.KernelApcPending", spec.kernelRoutines() > 0 ? 1 : 0)
        .set("Tcb.ApcState.UserApcPending", spec.userRoutines() > 0 ? 1 : 0);
  }

  private static long userRoutine(DraftProcess process, boolean inPrivateMemory) {
    return process.vads().stream()
            .filter(range -> range.privateMemory() == inPrivateMemory)
            .filter(
                range ->
                    inPrivateMemory
                        ? range.protection() == EXECUTE_READ_WRITE
                        : range.file().endsWith("ntdll.dll"))
            .findFirst()
            .orElseThrow()
            .start()
        + ROUTINE;
  }

  private void queue(Struct thread, int mode, int count, long routine, KernelObject owner) {
    StructLayout layout = boot.struct("_KAPC");
    List<Long> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long apc = boot.pool().allocate(PoolKind.NONPAGED, "Ps  ", layout.size());
      new Struct(boot.space(), apc, layout)
          .set("Type", KAPC)
          .set("Size", layout.size())
          .set("Thread", owner.body())
          .set("KernelRoutine", boot.kernel().address("KiSystemCall64"))
          .set("NormalRoutine", routine + i * (long) ROUTINE)
          .set("ApcMode", mode)
          .set("Inserted", 1);
      entries.add(apc + layout.offset("ApcListEntry"));
    }
    long head = thread.addressOf("Tcb.ApcState.ApcListHead") + mode * (long) LIST_ENTRY;
    LinkedLists.link(boot.space(), head, entries);
  }
}
