/**
 * VMware guests: RAM in a {@code .vmem} file without a header, its map in the {@code .vmss} or
 * {@code .vmsn} file beside it; or both in the state file.
 *
 * <p>Reads from: {@code bytes}, {@code image.extent}. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.vmware;
