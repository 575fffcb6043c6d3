/**
 * Objects become rows here: each artifact fills one table from what the machine's lists say and
 * what the scan found, and reports what is missing as rows of {@code errors}.
 *
 * <p>Reads from: {@code kernel}, {@code objects}; row types from {@code schemas}. Feeds: the jobs,
 * which stamp and write the rows. Artifacts are pure: the same machine and candidates give the same
 * rows in the same order, on any executor.
 */
package io.memlake.engine.artifacts;
