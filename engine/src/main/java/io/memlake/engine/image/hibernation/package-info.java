/**
 * Hibernation files: the memory of a machine that was put to sleep, in compressed pieces.
 *
 * <p>Two families: up to Windows 7 tables of ranges with compressed blocks behind each, since
 * Windows 8 chains of restoration sets. Both become one table of pieces that decode by themselves.
 *
 * <p>Reads from: {@code compression}, {@code image.chunk}, {@code image.extent}. Feeds: {@code
 * image.ImageFormats}. Reference: the public symbol {@code PO_MEMORY_IMAGE}.
 */
package io.memlake.engine.image.hibernation;
