/**
 * LZ77 with Huffman codes, called XPRESS_HUFF by Windows: hibernation files since Windows 8.
 *
 * <p>Reads from: nothing but its input. Feeds: {@code image.hibernation}. Reference: MS-XCA 2.1 and
 * 2.2.
 */
package io.memlake.engine.compression.xpresshuffman;
