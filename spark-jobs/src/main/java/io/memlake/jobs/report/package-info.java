/**
 * One self-contained page that shows a case: it opens from a disk without a network and runs no
 * script but its own.
 *
 * <p>Reads from: panels, a lake. Feeds: people.
 */
package io.memlake.jobs.report;
