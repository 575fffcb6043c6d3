/**
 * ELF cores of whole machines: QEMU, VirtualBox, WinPmem.
 *
 * <p>Reads from: {@code bytes}, {@code image.extent}. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.elfcore;
