/**
 * Writes the files in which Windows and its programs keep traces: event logs, file records,
 * prefetch files, shell links, databases of browsers, certificates. Small, but whole: other readers
 * open them.
 *
 * <p>Reads from: nothing. Feeds: {@code fleet}, tests.
 */
package io.memlake.testdata.trace;
