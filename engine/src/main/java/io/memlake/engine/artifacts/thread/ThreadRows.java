package io.memlake.engine.artifacts.thread;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.objects.process.ProcessRules;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.ThreadStates;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ThreadRow;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes rows of threads. */
final class ThreadRows {
  private static final int WAITING = 5;

  private ThreadRows() {}

  static ThreadRow row(MachineView view, ThreadArtifact.SeenThread seen) throws IOException {
    Ethread thread = seen.thread();
    ObjectOrigin origin =
        ObjectOrigin.of(
            view.candidates(), thread.virtualAddress(), thread.physicalAddress(), seen.scanned());
    boolean scanRan = view.candidates().scanned();
    ThreadRow row = new ThreadRow();
    Gaps gaps = new Gaps();
    row.setSource(seen.inList() ? "walk" : "scan");
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(seen.confidence(scanRan));
    row.setPid((int) thread.uniqueProcess());
    row.setTid((int) thread.uniqueThread());
    row.setProcess(seen.owner().map(owner -> owner.process().imageFileName()).orElse(null));
    row.setEprocess(
        seen.owner()
            .map(owner -> owner.process().virtualAddress())
            .or(() -> Optional.of(thread.process()))
            .filter(address -> address != 0)
            .orElse(null));
    row.setEthread(thread.virtualAddress() == 0 ? null : thread.virtualAddress());
    row.setPhysicalAddress(origin.physicalAddress());
    state(view, row, thread, gaps);
    row.setStartAddress(nonZero(thread.startAddress()));
    row.setWin32StartAddress(nonZero(thread.win32StartAddress()));
    row.setTeb(nonZero(thread.teb()));
    boolean created = ProcessRules.isTime(thread.createTime());
    row.setCreateTime(created ? FileTimes.instant(thread.createTime()) : null);
    if (!created && thread.createTime() != 0) {
      gaps.add("create_time", Absence.UNPARSABLE);
    }
    row.setExitTime(FileTimes.instant(thread.exitTime().orElse(0)));
    new ThreadFacts(view).into(row, seen, gaps);
    row.setInList(seen.inList());
    row.setInScan(scanRan ? seen.scanned().isPresent() : null);
    gaps.into(row);
    return row;
  }

  private static void state(MachineView view, ThreadRow row, Ethread thread, Gaps gaps) {
    OptionalInt state = thread.state();
    if (state.isEmpty()) {
      gaps.add("state", Absence.NOT_AVAILABLE);
      return;
    }
    row.setState(ThreadStates.state(state.getAsInt()).orElse(null));
    if (row.getState() == null) {
      gaps.add("state", Absence.UNPARSABLE);
    }
    OptionalInt reason = thread.waitReason();
    if (state.getAsInt() == WAITING && reason.isPresent()) {
      row.setWaitReason(
          ThreadStates.waitReason(view.machine().symbols(), reason.getAsInt()).orElse(null));
    }
  }

  private static Long nonZero(long address) {
    return address == 0 ? null : address;
  }
}
