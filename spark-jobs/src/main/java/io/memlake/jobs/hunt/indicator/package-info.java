/**
 * Indicators: what they are, how files spell them, and which column of which table shows them.
 *
 * <p>Reads from: indicator files (lists, CSV, STIX 2.1, MISP). Feeds: {@code hunt}. Knows nothing
 * of Spark.
 */
package io.memlake.jobs.hunt.indicator;
