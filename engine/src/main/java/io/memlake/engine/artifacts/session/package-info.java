/**
 * The table {@code sessions}: {@code _MM_SESSION_SPACE} by the processes that point to one, with
 * its list of processes, and what their environments and the object directory say of it.
 *
 * <p>Reads from: {@code objects.process}, {@code objects.list}, {@code objects.object}.
 */
package io.memlake.engine.artifacts.session;
