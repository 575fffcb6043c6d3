/**
 * Starts and stops Spark: embedded by default, on loopback only and silent; on a cluster as {@code
 * spark-submit} or {@code --master} say.
 */
package io.memlake.jobs.session;
