/**
 * A 32-bit Windows that never ran: page tables with and without PAE, kernel, processes and pages
 * that left RAM. Shares nothing with the 64-bit machine but frames, containers and executables.
 *
 * <p>Reads from: {@code layout}, {@code memory}, {@code pe}. Feeds: tests.
 */
package io.memlake.testdata.narrow;
