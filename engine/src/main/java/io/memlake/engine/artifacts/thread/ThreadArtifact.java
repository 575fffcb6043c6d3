package io.memlake.engine.artifacts.thread;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.ThreadList;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ThreadRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills {@code threads} from the lists of all processes and from the scan. */
public final class ThreadArtifact implements MachineArtifact<ThreadRow> {
  private static final String TABLE = "threads";
  private static final Comparator<SeenThread> ORDER =
      Comparator.comparingLong((SeenThread seen) -> seen.thread().uniqueProcess())
          .thenComparingLong(seen -> seen.thread().uniqueThread())
          .thenComparingLong(seen -> seen.thread().createTime())
          .thenComparingLong(seen -> seen.thread().physicalAddress())
          .thenComparingLong(seen -> seen.thread().virtualAddress())
          .thenComparingLong(seen -> seen.scanned().map(PoolObject::place).orElse(0L));

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<ThreadRow> rowType() {
    return ThreadRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super ThreadRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      view.ethreadLayout();
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    Map<Long, SeenThread> seen = new LinkedHashMap<>();
    long breaks = 0;
    for (SeenProcess owner : view.processes().processes()) {
      breaks += walk(view, owner, seen, errors);
    }
    Map<Long, SeenProcess> owners = new HashMap<>();
    view.processes()
        .processes()
        .forEach(owner -> owners.put(owner.process().virtualAddress(), owner));
    owners.remove(0L);
    List<SeenThread> leftCopies = new ArrayList<>();
    for (ObjectScan.ScannedThread found : view.scannedThreads()) {
      Optional<SeenProcess> owner = Optional.ofNullable(owners.get(found.thread().process()));
      SeenThread thread = new SeenThread(found.thread(), owner, false, Optional.of(found.object()));
      if (found.object().isLeftCopy()) {
        leftCopies.add(thread);
        continue;
      }
      seen.merge(
          found.object().identity(),
          thread,
          (listed, scanned) ->
              new SeenThread(listed.thread(), listed.owner(), true, scanned.scanned()));
    }
    addLeftCopies(leftCopies, seen);
    List<SeenThread> sorted = new ArrayList<>(seen.values());
    sorted.sort(ORDER);
    for (SeenThread thread : sorted) {
      rows.accept(ThreadRows.row(view, thread));
    }
    return Collected.of(sorted.size(), breaks);
  }

  /** As of processes, copies outside RAM count where nothing else shows their thread. */
  private static void addLeftCopies(List<SeenThread> copies, Map<Long, SeenThread> seen) {
    Set<Life> known = new HashSet<>();
    seen.values().forEach(thread -> known.add(Life.of(thread.thread())));
    for (SeenThread copy : copies) {
      if (known.add(Life.of(copy.thread()))) {
        seen.put(copy.scanned().orElseThrow().identity(), copy);
      }
    }
  }

  /** What no two threads of one boot share. */
  private record Life(long pid, long tid, long created) {
    static Life of(Ethread thread) {
      return new Life(thread.uniqueProcess(), thread.uniqueThread(), thread.createTime());
    }
  }

  private static long walk(
      MachineView view,
      SeenProcess owner,
      Map<Long, SeenThread> seen,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    ThreadList list = ThreadList.walk(view.machine(), owner.process(), view.ethreadLayout());
    int pid = (int) owner.process().uniqueProcessId();
    for (Ethread thread : list.threads()) {
      seen.putIfAbsent(
          place(thread), new SeenThread(thread, Optional.of(owner), true, Optional.empty()));
    }
    if (!owner.inList() && list.threads().isEmpty()) {
      // Freed processes keep links to threads that went before them: no damage to report.
      return 0;
    }
    for (ListBreak broken : list.breaks()) {
      errors.accept(
          ErrorRows.inProcess(
              ErrorRows.gap(
                  TABLE, "ThreadListHead", broken.at(), Absence.UNPARSABLE, broken.toString()),
              pid));
    }
    ErrorRows.gaps(
        errors, TABLE, "ThreadListHead", owner.process().virtualAddress(), pid, list.problems());
    return list.breaks().size();
  }

  private static long place(Ethread thread) {
    return thread.physicalAddress() == AddressSpace.ABSENT
        ? thread.virtualAddress()
        : thread.physicalAddress();
  }

  /**
   * A thread and who saw it.
   *
   * @param thread the thread
   * @param owner its process, where that is known
   * @param inList whether the list of its process holds it
   * @param scanned what the scan knows; empty when the scan did not find it
   */
  record SeenThread(
      Ethread thread, Optional<SeenProcess> owner, boolean inList, Optional<PoolObject> scanned) {

    int confidence(boolean scanRan) {
      if (inList) {
        return scanned.isPresent() ? 100 : scanRan ? 80 : 90;
      }
      PoolObject object = scanned.orElseThrow();
      if (!object.rightType().orElse(true)) {
        return 40;
      }
      return switch (object.certainty()) {
        case MAPPED -> 80;
        case ONE_FRAME -> object.isLeftCopy() ? 50 : 60;
        case NEXT_FRAME_ASSUMED -> 40;
      };
    }
  }
}
