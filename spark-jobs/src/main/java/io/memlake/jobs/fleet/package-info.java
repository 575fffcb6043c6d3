/**
 * Comparing hosts with each other: what is rare, what changed, which pages and code differ from the
 * rest of the fleet.
 *
 * <p>Reads from: all tables. Feeds: {@code page_prevalence}, {@code code_patches}, the commands
 * stack, baseline, diff and queries.
 */
package io.memlake.jobs.fleet;
