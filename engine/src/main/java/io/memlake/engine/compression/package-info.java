/**
 * Decoders of the streams that Windows and memory containers keep pages in, one package an
 * algorithm.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code image} (hibernation files, compressed dumps), {@code
 * objects.store} (compressed memory). Reference: MS-XCA for XPRESS, XPRESS-Huffman and LZNT1; the
 * LZ4 block description for LZ4.
 */
package io.memlake.engine.compression;
