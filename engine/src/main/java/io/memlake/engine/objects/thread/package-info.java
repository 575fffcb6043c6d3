/**
 * Threads: {@code _ETHREAD} and the thread list of each process.
 *
 * <p>Reads from: {@code objects.process}, {@code objects.list}. Feeds: {@code objects.pool}, {@code
 * artifacts.thread}.
 */
package io.memlake.engine.objects.thread;
