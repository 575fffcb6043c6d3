/**
 * Connections, listeners and datagram endpoints of tcpip.sys: by its partition table and port
 * pools, and behind pool hits.
 *
 * <p>The objects are in no public symbols. {@code network-layouts.tsv} has a row for each known
 * range of builds; {@link io.memlake.engine.objects.network.LayoutChoice} tries them on the image,
 * since servicing moves fields without a new build number, and measures what no row gets right.
 *
 * <p>Reads from: {@code kernel}, {@code objects.pool}, {@code objects.module}. Feeds: {@code
 * artifacts.network}.
 */
package io.memlake.engine.objects.network;
