/**
 * The table {@code ssdt}.
 *
 * <p>Reads from: {@code objects.systemcall}, {@code objects.module}.
 */
package io.memlake.engine.artifacts.systemcall;
