/**
 * From pool headers that a scan of physical memory found to the objects behind them.
 *
 * <p>Reads from: {@code kernel}, {@code objects.object}, {@code objects.process}, {@code
 * objects.thread}. Feeds: {@code artifacts}. The scan itself knows no layouts; its hits come here
 * with the reverse map, which gives the address under which the kernel sees them.
 */
package io.memlake.engine.objects.pool;
