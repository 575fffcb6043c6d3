package io.memlake.engine.artifacts.timer;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.objects.timer.KernelTimer;
import io.memlake.engine.objects.timer.TimerTables;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.TimerRow;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;

/** Fills {@code timers}. */
public final class TimerArtifact implements MachineArtifact<TimerRow> {
  private static final String TABLE = "timers";
  private static final int NOTIFICATION = 8;

  /** {@code KUSER_SHARED_DATA.InterruptTime}, the same on every Windows. */
  private static final long INTERRUPT_TIME = 0xFFFFF78000000008L;

  private static final long TICKS_PER_MILLISECOND = 10_000;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<TimerRow> rowType() {
    return TimerRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super TimerRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      TimerTables tables = TimerTables.walk(view.machine());
      for (ListBreak broken : tables.breaks()) {
        errors.accept(
            ErrorRows.gap(
                TABLE, "timer table", broken.at(), Absence.UNPARSABLE, broken.toString()));
      }
      ErrorRows.gaps(errors, TABLE, "timer table", 0, null, tables.problems());
      OptionalLong now = view.kernel().memory().i64(INTERRUPT_TIME);
      KernelAddressNames names = view.kernel().names();
      for (KernelTimer timer : tables.timers()) {
        rows.accept(row(view, names, timer, now));
      }
      return Collected.of(tables.timers().size(), tables.breaks().size());
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static TimerRow row(
      MachineView view, KernelAddressNames names, KernelTimer timer, OptionalLong now)
      throws IOException {
    long physicalAddress = view.machine().kernelSpace().translate(timer.address());
    boolean runs = timer.routine() != 0;
    TimerRow row = new TimerRow();
    row.setSource("walk");
    row.setLayer(physicalAddress == AddressSpace.ABSENT ? null : "physical");
    row.setForensicPath(ForensicPath.kernel(timer.address()));
    row.setConfidence(90);
    row.setTimer(timer.address());
    row.setCpu(timer.cpu());
    row.setBucket(timer.bucket());
    row.setDueTime(timer.dueTime());
    row.setDueTimeText(
        String.format(
            Locale.ROOT, "0x%08x:0x%08x", timer.dueTime() >>> 32, timer.dueTime() & 0xFFFFFFFFL));
    row.setDueInMs(
        now.isPresent() ? (timer.dueTime() - now.getAsLong()) / TICKS_PER_MILLISECOND : null);
    row.setPeriodMs(timer.period());
    row.setSignaled(timer.signaled());
    row.setTimerType(timer.type() == NOTIFICATION ? "notification" : "synchronization");
    row.setDpc(timer.dpc() == 0 ? null : timer.dpc());
    row.setRoutine(runs ? timer.routine() : null);
    row.setContext(runs && timer.context() != 0 ? timer.context() : null);
    row.setModule(runs ? names.moduleName(timer.routine()).orElse(null) : null);
    row.setSymbol(runs ? names.symbol(timer.routine()).orElse(null) : null);
    row.setForeignPointer(runs ? names.module(timer.routine()).isEmpty() : null);
    return row;
  }
}
