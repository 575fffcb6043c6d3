/**
 * AVML images: ranges of RAM in blocks, each compressed as one snappy stream.
 *
 * <p>Reads from: {@code image.chunk}, {@code image.extent}. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.avml;
