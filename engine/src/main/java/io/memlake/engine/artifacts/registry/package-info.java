/**
 * Registry hives as rows: hives, keys and values, and what Windows keeps in them.
 *
 * <p>Hives are the units that are spread: {@link io.memlake.engine.artifacts.registry.HiveTable}
 * finds them once, and each is read by itself on whatever executor.
 *
 * <p>Reads from: {@code objects.registry}. Feeds: the jobs. Reference: for each table, the class
 * that fills it.
 */
package io.memlake.engine.artifacts.registry;
