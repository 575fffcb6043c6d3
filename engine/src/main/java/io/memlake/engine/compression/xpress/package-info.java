/**
 * Plain LZ77, called XPRESS by Windows: pages of the compressed store up to Windows 11 23H2, and
 * hibernation files.
 *
 * <p>Reads from: nothing but its input. Feeds: {@code image.hibernation}, {@code objects.store}.
 * Reference: MS-XCA 2.3 and 2.4.
 */
package io.memlake.engine.compression.xpress;
