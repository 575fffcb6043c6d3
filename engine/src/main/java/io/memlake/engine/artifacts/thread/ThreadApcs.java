package io.memlake.engine.artifacts.thread;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.thread.ApcQueues;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ThreadRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Puts into a row which routines wait to run in a thread. */
final class ThreadApcs {
  private final ApcQueues queues;

  ThreadApcs(MachineView view) {
    this.queues = view.apcQueues();
  }

  /**
   * Fills the columns that the kernel answers.
   *
   * @return the routines that wait for user mode
   */
  List<Long> into(ThreadRow row, Ethread thread, Gaps gaps) throws IOException {
    row.setKernelApcPending(queues.kernelPending(thread).orElse(null));
    row.setUserApcPending(queues.userPending(thread).orElse(null));
    row.setApcQueueable(queues.queueable(thread).orElse(null));
    row.setAlertable(queues.alertable(thread).orElse(null));
    queues.attachedProcess(thread).ifPresent(row::setAttachedProcess);
    row.setKernelApcs(count(queues.kernelMode(thread), "kernel_apcs", gaps));
    Optional<ApcQueues.Queue> user = queues.userMode(thread);
    row.setUserApcs(count(user, "user_apcs", gaps));
    List<Long> routines = user.map(ApcQueues.Queue::routines).orElse(List.of());
    routines.stream().filter(at -> at != 0).findFirst().ifPresent(row::setUserApcRoutine);
    return routines;
  }

  private Integer count(Optional<ApcQueues.Queue> queue, String column, Gaps gaps) {
    if (queue.isEmpty()) {
      gaps.add(column, queues.known() ? Absence.UNREADABLE : Absence.NOT_AVAILABLE);
      return null;
    }
    if (!queue.get().whole()) {
      gaps.add(column, Absence.UNPARSABLE);
      // What a damaged list still holds is worth a row's attention; that it holds nothing is not.
      return queue.get().routines().isEmpty() ? null : queue.get().routines().size();
    }
    return queue.get().routines().size();
  }

  /** Fills the columns that the memory of its process answers. */
  static void places(ThreadRow row, List<Long> routines, ProcessView process) throws IOException {
    if (routines.isEmpty()) {
      return;
    }
    if (row.getUserApcRoutine() != null) {
      row.setUserApcModule(
          process.moduleAt(row.getUserApcRoutine()).flatMap(LoaderModule::name).orElse(null));
    }
    boolean backed = true;
    for (long routine : routines) {
      VadNode node = process.vads().find(routine);
      backed &= node != null && node.type() == VadType.IMAGE_MAP;
    }
    boolean sure = backed || process.vads().isComplete();
    row.setUserApcBacked(sure ? backed : null);
  }
}
