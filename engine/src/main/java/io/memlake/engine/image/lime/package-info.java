/**
 * LiME images: each run of RAM behind a header that says where it belongs.
 *
 * <p>Reads from: {@code bytes}, {@code image.extent}. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.lime;
