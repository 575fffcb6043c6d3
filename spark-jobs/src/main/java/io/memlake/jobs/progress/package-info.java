/**
 * What a command tells while it works: a bar a host on a terminal, a line now and then elsewhere,
 * JSON lines for programs. Always on the error stream; data alone goes to the other.
 */
package io.memlake.jobs.progress;
