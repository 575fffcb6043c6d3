/**
 * The timeline: which times of which tables are events, and the rows that they become.
 *
 * <p>Reads from: rows of all tables. Feeds: the jobs, which write a row's events beside the row.
 */
package io.memlake.schemas.timeline;
