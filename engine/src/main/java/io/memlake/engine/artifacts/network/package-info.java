/**
 * The table {@code network}: objects that the tables of tcpip.sys lead to and those behind pool
 * hits, joined by their address.
 *
 * <p>Reads from: {@code objects.network}, {@code objects.pool}, {@code artifacts.process}.
 */
package io.memlake.engine.artifacts.network;
