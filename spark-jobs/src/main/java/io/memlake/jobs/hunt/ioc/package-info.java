/**
 * Looks for indicators in the tables of a lake.
 *
 * <p>Reads from: all tables that {@code indicator.Targets} names. Feeds: the table {@code
 * ioc_matches}.
 */
package io.memlake.jobs.hunt.ioc;
