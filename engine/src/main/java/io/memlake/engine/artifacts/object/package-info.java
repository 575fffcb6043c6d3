/**
 * The table {@code kernel_objects}: the namespace of the object manager, with the mutants and
 * symbolic links that only the pool scan found.
 *
 * <p>Reads from: {@code objects.object}, {@code objects.pool}.
 */
package io.memlake.engine.artifacts.object;
