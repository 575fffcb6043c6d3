/**
 * Rules as data: what to look for (a query), how bad it is, what it means and what to do next.
 *
 * <p>Reads from: resources {@code hunts/<subject>/<UID>.yaml}. Feeds: {@code hunt.finding}. Knows
 * nothing of Spark.
 */
package io.memlake.jobs.hunt.rule;
