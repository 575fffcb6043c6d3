/**
 * Rows of a process that was dumped by itself: the same tables as a machine's, with the layer
 * {@code minidump}.
 *
 * <p>Reads from: {@code image.minidump}. Feeds: the lake.
 */
package io.memlake.engine.artifacts.minidump;
