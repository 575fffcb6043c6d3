/**
 * Raw LZ4 blocks: pages of the compressed store since Windows 11 24H2, and AFF4 chunks.
 *
 * <p>Reads from: nothing but its input. Feeds: {@code image.aff4}, {@code objects.store}. The work
 * is done by lz4-java.
 */
package io.memlake.engine.compression.lz4;
