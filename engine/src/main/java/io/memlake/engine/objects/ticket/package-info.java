/**
 * Kerberos tickets as they lie in memory: DER encodings of RFC 4120.
 *
 * <p>Reads from: bytes. Feeds: {@code artifacts.carve}.
 */
package io.memlake.engine.objects.ticket;
