/**
 * Finds many byte patterns in one pass.
 *
 * <p>Feeds: {@code hunt.indicator}, {@code hunt.yara}. Knows nothing of Spark.
 */
package io.memlake.jobs.hunt.pattern;
