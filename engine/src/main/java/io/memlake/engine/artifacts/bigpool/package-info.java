/**
 * The table {@code big_pool}.
 *
 * <p>Reads from: {@code objects.pool}.
 */
package io.memlake.engine.artifacts.bigpool;
