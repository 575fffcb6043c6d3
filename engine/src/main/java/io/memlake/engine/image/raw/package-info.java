/**
 * RAW images: RAM as it is, without a header.
 *
 * <p>Nothing in the file says that it is memory, so this format comes last and first makes sure
 * that the file is not of a kind that is known to be something else.
 *
 * <p>Reads from: {@code bytes}, {@code image.extent}. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.raw;
