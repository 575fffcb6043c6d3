/**
 * Sigma rules over the tables of a lake: read, compiled to Spark SQL, run per log source.
 *
 * <p>Reads from: rule files, all tables that {@code SigmaSources} names. Feeds: {@code
 * sigma_matches}. Reference: Sigma specification 2.0.
 */
package io.memlake.jobs.hunt.sigma;
