/**
 * The table {@code dns_cache}: answers in the memory of the process that runs the DNS client
 * service.
 *
 * <p>Reads from: {@code objects.dns}, {@code objects.vad}.
 */
package io.memlake.engine.artifacts.dns;
