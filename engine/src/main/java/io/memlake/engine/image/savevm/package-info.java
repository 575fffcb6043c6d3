/**
 * QEMU's migration stream, as {@code savevm}, {@code virsh save} and {@code migrate exec:} write
 * it: the state of a guest with its RAM page by page.
 *
 * <p>Reads from: {@code image.chunk}, {@code image.extent}. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.savevm;
