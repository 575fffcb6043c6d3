/**
 * The settings of a run: one class of names, one class of typed access, one precedence.
 *
 * <p>A setting is taken from the first that has it: {@code --conf} on the command line, the
 * settings that {@code spark-submit} or a defaults file gave Spark, the default here.
 */
package io.memlake.jobs.options;
