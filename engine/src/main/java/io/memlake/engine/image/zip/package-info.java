/**
 * The directory of a ZIP file, read so that stored members can be addressed in the file without
 * unpacking anything.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code image.aff4}.
 */
package io.memlake.engine.image.zip;
