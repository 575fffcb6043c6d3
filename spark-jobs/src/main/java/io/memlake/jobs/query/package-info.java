/**
 * Questions to a lake and their answers, whichever engine computes them.
 *
 * <p>Reads from: nothing; DuckDB and Spark implement it. Feeds: the report and the dashboard.
 */
package io.memlake.jobs.query;
