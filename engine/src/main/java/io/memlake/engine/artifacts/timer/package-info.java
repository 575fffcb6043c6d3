/**
 * The table {@code timers}.
 *
 * <p>Reads from: {@code objects.timer}, {@code objects.module}.
 */
package io.memlake.engine.artifacts.timer;
