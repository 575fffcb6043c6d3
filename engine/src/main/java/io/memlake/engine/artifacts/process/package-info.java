/**
 * The table {@code processes}: the kernel's list and the pool scan, joined by the place of the
 * EPROCESS.
 *
 * <p>Reads from: {@code objects.process}, {@code objects.pool}. Feeds: the other artifacts, which
 * go by process.
 */
package io.memlake.engine.artifacts.process;
