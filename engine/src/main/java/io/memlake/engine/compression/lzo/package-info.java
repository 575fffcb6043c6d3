/**
 * LZO1X, which kdump-compressed dumps of virtual machines may use for their pages.
 *
 * <p>Reads from: nothing but its input. Feeds: {@code image.kdump}. Reference: the description of
 * the stream in the Linux kernel's documentation.
 */
package io.memlake.engine.compression.lzo;
