/**
 * How a command ends: the exit codes that scripts rely on, and the failures that carry one.
 *
 * <p><em>Fed by</em> every package of this module; <em>read by</em> {@code cli}, which prints one
 * line and ends the process.
 */
package io.memlake.jobs.exit;
