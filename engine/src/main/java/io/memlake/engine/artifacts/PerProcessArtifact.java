package io.memlake.engine.artifacts;

import io.memlake.engine.objects.process.Eprocess;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * An artifact that looks at one process at a time, so that processes can be spread over executors.
 *
 * @param <R> the row type
 */
public interface PerProcessArtifact<R extends SpecificRecordBase> extends Artifact<R> {
  /** Whether processes have rows that have ended, of which only the kernel object is left. */
  default boolean ofEndedProcesses() {
    return false;
  }

  /**
   * Gives the rows of one process. Rows lack the columns that {@code RowOrigin} stamps.
   *
   * @return what was counted on the way
   * @throws IOException when the medium or a sink fails; damaged evidence only makes gaps
   */
  Collected collect(
      MachineView view, Eprocess process, RowSink<? super R> rows, RowSink<? super ErrorRow> errors)
      throws IOException;
}
