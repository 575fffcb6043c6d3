/**
 * HPAK, the container of HBGary FDPro: physical memory, plain or in gzip, beside a page file.
 *
 * <p>Reads from: {@code image.wrapper}. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.hpak;
