package io.memlake.engine.artifacts.callback;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.callback.CallbackRoutine;
import io.memlake.engine.objects.callback.Callbacks;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.CallbackRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Fills {@code callbacks}. */
public final class CallbackArtifact implements MachineArtifact<CallbackRow> {
  private static final String TABLE = "callbacks";
  private static final Comparator<CallbackRow> ORDER =
      Comparator.comparing(CallbackRow::getType)
          .thenComparing(CallbackRow::getAddress, Long::compareUnsigned)
          .thenComparing(CallbackRow::getEntry, Long::compareUnsigned)
          .thenComparing(CallbackRow::getDetail, Comparator.nullsFirst(Comparator.naturalOrder()));

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<CallbackRow> rowType() {
    return CallbackRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super CallbackRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      Callbacks callbacks =
          Callbacks.of(
              view.machine(),
              view.kernel().objects(),
              view.kernel().tree(),
              view.candidates().pages(),
              view.candidates().hits());
      for (ListBreak broken : callbacks.breaks()) {
        errors.accept(
            ErrorRows.gap(
                TABLE, "callback list", broken.at(), Absence.UNPARSABLE, broken.toString()));
      }
      for (long head : callbacks.absentHeads()) {
        errors.accept(
            ErrorRows.gap(
                TABLE,
                "callback list",
                head,
                Absence.UNREADABLE,
                "the head of a list of callbacks is not in the image"));
      }
      if (!callbacks.unknownLists().isEmpty()) {
        errors.accept(
            ErrorRows.gap(
                TABLE,
                "callback list",
                0,
                Absence.NOT_AVAILABLE,
                "the addresses of "
                    + String.join(", ", callbacks.unknownLists())
                    + " are unknown"));
      }
      List<CallbackRow> sorted = rows(view, callbacks);
      sorted.sort(ORDER);
      for (CallbackRow row : sorted) {
        rows.accept(row);
      }
      return Collected.of(sorted.size(), callbacks.breaks().size());
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static List<CallbackRow> rows(MachineView view, Callbacks callbacks) throws IOException {
    Set<Long> inScan = new HashSet<>();
    callbacks.scanned().forEach(found -> inScan.add(found.entry()));
    Set<Long> inList = new HashSet<>();
    List<CallbackRow> rows = new ArrayList<>();
    boolean scanRan = view.candidates().scanned();
    for (CallbackRoutine found : callbacks.listed()) {
      inList.add(found.entry());
      boolean sought = scanRan && Callbacks.isScannedFor(found.type());
      CallbackRow row = row(view, found);
      row.setSource("walk");
      row.setConfidence(sought && inScan.contains(found.entry()) ? 100 : 90);
      row.setSlot(found.slot());
      row.setInList(true);
      row.setInScan(sought ? inScan.contains(found.entry()) : null);
      rows.add(row);
    }
    for (CallbackRoutine found : callbacks.scanned()) {
      if (!inList.contains(found.entry())) {
        CallbackRow row = row(view, found);
        row.setSource("scan");
        row.setConfidence(row.getForeignPointer() ? 50 : 70);
        row.setInList(callbacks.isListKnown(found.type()) ? false : null);
        row.setInScan(true);
        rows.add(row);
      }
    }
    return rows;
  }

  private static CallbackRow row(MachineView view, CallbackRoutine found) throws IOException {
    KernelAddressNames names = view.kernel().names();
    long physicalAddress = view.machine().kernelSpace().translate(found.entry());
    CallbackRow row = new CallbackRow();
    row.setLayer(physicalAddress == AddressSpace.ABSENT ? null : "physical");
    row.setForensicPath(ForensicPath.kernel(found.entry()));
    row.setType(found.type());
    row.setAddress(found.address());
    row.setModule(names.moduleName(found.address()).orElse(null));
    row.setSymbol(names.symbol(found.address()).orElse(null));
    row.setForeignPointer(names.module(found.address()).isEmpty());
    row.setDetail(found.detail().isEmpty() ? null : found.detail());
    row.setEntry(found.entry());
    row.setContext(found.context() == 0 ? null : found.context());
    return row;
  }
}
