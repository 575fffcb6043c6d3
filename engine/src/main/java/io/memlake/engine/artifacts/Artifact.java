package io.memlake.engine.artifacts;

import org.apache.avro.specific.SpecificRecordBase;

/**
 * What fills one table from an opened machine.
 *
 * @param <R> the row type, generated from the table's schema
 */
public interface Artifact<R extends SpecificRecordBase> {
  /** Name of the table. */
  String table();

  /** Type of its rows. */
  Class<R> rowType();

  /** Whether it reads 32-bit Windows, too. */
  default boolean readsNarrow() {
    return false;
  }
}
