/**
 * A lake through DuckDB, inside this process: it answers in milliseconds what Spark starts seconds
 * for. It never writes, and opens no file outside the lake.
 *
 * <p>Reads from: a lake on this machine's file system. Feeds: the report and the dashboard.
 */
package io.memlake.jobs.duckdb;
