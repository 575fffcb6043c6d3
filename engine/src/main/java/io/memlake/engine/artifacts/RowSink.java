package io.memlake.engine.artifacts;

import java.io.IOException;

/**
 * Takes rows of one table, in the table's order. The sink owns what it is given.
 *
 * @param <R> the row type
 */
@FunctionalInterface
public interface RowSink<R> {
  /**
   * Takes one row.
   *
   * @throws IOException when it cannot be written
   */
  void accept(R row) throws IOException;
}
