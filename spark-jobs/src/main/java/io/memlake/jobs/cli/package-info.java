/**
 * The command line: one class a command, which reads its options, calls one job and says how it
 * ended. Data goes to the output stream, everything else to the error stream.
 */
package io.memlake.jobs.cli;
