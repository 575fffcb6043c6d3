/**
 * The tables {@code modules} and {@code kernel_modules}.
 *
 * <p>Reads from: {@code objects.module}, {@code objects.pool}.
 */
package io.memlake.engine.artifacts.module;
