/**
 * The lake: where tables lie, how a host's results are staged, published as one unit and found
 * again.
 *
 * <p>Layout: {@code LAKE/<table>/case_id=<case>/host=<host>/part-….parquet}, tables of the whole
 * case without the host level, and {@code LAKE/_memlake/} for everything that is not a table:
 *
 * <pre>
 *   lock                               held by the one command that writes
 *   runs/&lt;run&gt;.json                    what each run did
 *   staging/&lt;run&gt;/&lt;case&gt;/&lt;host&gt;/       files of a host before it is published, publish.json last
 *   commits/&lt;case&gt;/&lt;host&gt;/v…json       the marker: which files make up the host; the highest counts
 *   checkpoints/&lt;case&gt;/&lt;host&gt;/&lt;key&gt;/   finished chunks of a host that is not published yet
 *   trash/&lt;run&gt;/                       replaced partitions, until they are deleted
 *   views.sql                          the tables for other readers
 * </pre>
 *
 * <p>Publishing swaps whole partition folders by rename, so that a reader that knows nothing of
 * markers (DuckDB, Trino, pandas) sees a table of a host as it was, for a moment not at all, or as
 * it is: never half of it and never twice. Our own readers go by the markers.
 */
package io.memlake.jobs.lake;
