/**
 * What every command over a whole lake shares: which hosts have which tables, and writing tables of
 * the case in place of what the run before wrote.
 *
 * <p>Reads from: {@code lake}. Feeds: {@code hunt}, {@code hunt.finding}.
 */
package io.memlake.jobs.hunt.run;
