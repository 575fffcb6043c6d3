package io.memlake.engine.artifacts;

import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * An artifact that looks at the machine as a whole.
 *
 * @param <R> the row type
 */
public interface MachineArtifact<R extends SpecificRecordBase> extends Artifact<R> {
  /**
   * Gives all rows of the machine. Rows lack the columns that {@code RowOrigin} stamps.
   *
   * @return what was counted on the way
   * @throws IOException when the medium or a sink fails; damaged evidence only makes gaps
   */
  Collected collect(MachineView view, RowSink<? super R> rows, RowSink<? super ErrorRow> errors)
      throws IOException;
}
