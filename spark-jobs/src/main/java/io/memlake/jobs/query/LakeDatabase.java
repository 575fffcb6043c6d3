package io.memlake.jobs.query;

import java.io.Closeable;
import java.util.Map;

/** A lake that answers SQL. Safe for several threads. */
public interface LakeDatabase extends Closeable {

  /** Name of the engine, as {@code --engine} spells it. */
  String engine();

  /** Rows that the lake holds of a table; 0 when it holds none or does not know it. */
  long rows(String table);

  /**
   * Runs a query of the program itself.
   *
   * @param sql one SELECT with {@code :name} marks
   * @param parameters a value for each mark, null among them
   * @param maxRows rows after which the answer is cut
   * @throws QueryException when the engine refuses it
   */
  Answer ask(String sql, Map<String, Object> parameters, int maxRows) throws QueryException;

  /**
   * Runs a query that a person wrote: one statement that only reads, and reads nothing but the
   * lake.
   *
   * @throws QueryException when it is anything else, or wrong
   */
  Answer askFreely(String sql, int maxRows) throws QueryException;

  @Override
  void close();
}
