package io.memlake.jobs.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out data, and nothing else
 * @param err everything else
 */
record Console(PrintStream out, PrintStream err) {}
