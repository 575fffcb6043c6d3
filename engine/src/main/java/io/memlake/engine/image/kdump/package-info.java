/**
 * Kdump-compressed dumps, as QEMU and libvirt ({@code virsh dump}) write them of their guests.
 *
 * <p>Reads from: {@code image.chunk}, {@code image.extent}. Feeds: {@code image.ImageFormats}.
 * Reference: the description of the format in makedumpfile.
 */
package io.memlake.engine.image.kdump;
