/**
 * The table {@code handles}: the open handles of each process.
 *
 * <p>Reads from: {@code objects.handle}.
 */
package io.memlake.engine.artifacts.handle;
