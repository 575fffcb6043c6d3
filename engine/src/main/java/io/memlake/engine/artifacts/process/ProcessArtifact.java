package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ProcessRow;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Fills {@code processes} from list and scan. */
public final class ProcessArtifact implements MachineArtifact<ProcessRow> {
  private static final String TABLE = "processes";
  private static final String LIST = "PsActiveProcessHead";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<ProcessRow> rowType() {
    return ProcessRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super ProcessRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    ProcessTable table = view.processes();
    reportDamage(view, table.list(), errors);
    Optional<Set<Long>> owners = threadOwners(view);
    ProcessFacts facts = new ProcessFacts(view);
    ProcessParents parents = new ProcessParents(table);
    CrossViews others = CrossViews.of(view, table);
    boolean knowsList = view.machine().description().activeProcessHead() != 0;
    int walkOnly = 0;
    int scanOnly = 0;
    for (SeenProcess seen : table.rows()) {
      ProcessRow row = facts.row(seen);
      row.setConfidence(seen.confidence(table.scanned()));
      row.setInPslist(knowsList ? seen.inList() : null);
      row.setInPsscan(table.scanned() ? seen.scanned().isPresent() : null);
      row.setInThreads(
          owners.map(known -> known.contains(seen.process().virtualAddress())).orElse(null));
      row.setInHandles(others.inHandles(seen.process()));
      row.setInCsrss(others.inCsrss(seen.process()));
      row.setInCid(others.inIds(seen.process()));
      row.setInSession(others.inSession(seen.process()));
      parents.into(row, seen.process());
      walkOnly += table.scanned() && seen.scanned().isEmpty() ? 1 : 0;
      scanOnly += seen.inList() ? 0 : 1;
      rows.accept(row);
    }
    return new Collected(table.rows().size(), table.list().breaks().size(), walkOnly, scanOnly, 0);
  }

  private static void reportDamage(
      MachineView view, ProcessList list, RowSink<? super ErrorRow> errors) throws IOException {
    if (view.machine().description().activeProcessHead() == 0) {
      errors.accept(ErrorRows.missingSymbols(TABLE, "the address of " + LIST + " is not known"));
    }
    for (ListBreak broken : list.breaks()) {
      errors.accept(ErrorRows.gap(TABLE, LIST, broken.at(), Absence.UNPARSABLE, broken.toString()));
    }
    ErrorRows.gaps(
        errors,
        TABLE,
        LIST,
        view.machine().description().activeProcessHead(),
        null,
        list.rejected().stream().map(ProcessList.Rejected::toString).toList());
  }

  /** Addresses of the processes that scanned threads name; empty when nothing was scanned. */
  private static Optional<Set<Long>> threadOwners(MachineView view) throws IOException {
    if (!view.candidates().scanned()) {
      return Optional.empty();
    }
    try {
      Set<Long> owners = new HashSet<>();
      for (ObjectScan.ScannedThread found : view.scannedThreads()) {
        owners.add(found.thread().process());
      }
      // Threads of no process say nothing about processes that are not mapped.
      owners.remove(0L);
      return Optional.of(owners);
    } catch (MissingSymbolException e) {
      return Optional.empty();
    }
  }
}
