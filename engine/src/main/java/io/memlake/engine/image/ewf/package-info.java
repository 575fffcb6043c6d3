/**
 * EWF images (EnCase E01): a wrapper in compressed chunks over one or more segment files.
 *
 * <p>Reads from: {@code image.chunk}. What is inside may be any format. Feeds: {@code
 * image.ImageFormats}.
 */
package io.memlake.engine.image.ewf;
