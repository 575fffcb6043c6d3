package io.memlake.engine.artifacts.stack;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ThreadFrameRow;
import java.io.IOException;

/** Fills {@code thread_frames} with the stacks of the threads that run. */
public final class ThreadFrameArtifact implements PerProcessArtifact<ThreadFrameRow> {
  private static final String TABLE = "thread_frames";

  /** What the stacks of one machine share; made anew for another one. */
  private MachineView lastView;

  private ThreadStacks stacks;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<ThreadFrameRow> rowType() {
    return ThreadFrameRow.class;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super ThreadFrameRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      if (lastView != view) {
        stacks = new ThreadStacks(view);
        lastView = view;
      }
      ProcessView memory = view.processView(process);
      ThreadFrameRows made = new ThreadFrameRows(memory, stacks.names(), rows);
      for (Ethread thread : memory.threads()) {
        if (!thread.ended()) {
          stacks.kernel(thread, made);
          stacks.user(thread, memory, made);
        }
      }
      return Collected.of(made.count(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }
}
