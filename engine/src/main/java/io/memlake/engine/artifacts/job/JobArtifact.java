package io.memlake.engine.artifacts.job;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.job.JobLists;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.JobRow;
import java.io.IOException;

/** Fills {@code jobs}. */
public final class JobArtifact implements MachineArtifact<JobRow> {
  static final String TABLE = "jobs";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<JobRow> rowType() {
    return JobRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super JobRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    JobTable table;
    try {
      table = JobTable.of(view);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    long breaks = 0;
    if (table.list().isEmpty()) {
      errors.accept(
          ErrorRows.gap(TABLE, "PspJobList", 0, Absence.NOT_AVAILABLE, "its head is not known"));
    } else {
      breaks += breaks("PspJobList", table.list().get(), errors);
    }
    ErrorRows.gaps(errors, TABLE, "EJOB", 0, null, table.problems());
    JobRows maker = new JobRows(view, table);
    for (SeenJob seen : table.jobs()) {
      JobRows.Made made = maker.row(seen);
      if (made.processes().isPresent()) {
        breaks += breaks("ProcessListHead", made.processes().get(), errors);
      }
      long at = seen.job().virtualAddress();
      ErrorRows.gaps(errors, TABLE, "ProcessListHead", at, null, made.strangers());
      rows.accept(made.row());
    }
    return Collected.of(table.jobs().size(), breaks);
  }

  private static long breaks(String item, JobLists.Listed list, RowSink<? super ErrorRow> errors)
      throws IOException {
    for (ListBreak broken : list.walk().breaks()) {
      errors.accept(ErrorRows.gap(TABLE, item, broken.at(), Absence.UNPARSABLE, broken.toString()));
    }
    return list.walk().breaks().size();
  }
}
