/**
 * The table {@code threads}: the thread list of each process and the pool scan, joined by the place
 * of the ETHREAD.
 *
 * <p>Reads from: {@code objects.thread}, {@code objects.pool}.
 */
package io.memlake.engine.artifacts.thread;
