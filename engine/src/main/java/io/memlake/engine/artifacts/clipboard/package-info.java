/** Fills {@code clipboard}. Reads from: {@code objects.pool}. Feeds: the jobs. */
package io.memlake.engine.artifacts.clipboard;
