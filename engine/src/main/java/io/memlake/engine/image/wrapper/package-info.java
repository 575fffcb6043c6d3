/**
 * Wrappers around an image: what is inside may be of any format, and reads as if it lay there bare.
 *
 * <p>Reads from: {@code image.extent}, where {@link io.memlake.engine.image.extent.StoredBytes}
 * presents the unwrapped bytes. Feeds: {@code image.ImageFormats}.
 */
package io.memlake.engine.image.wrapper;
