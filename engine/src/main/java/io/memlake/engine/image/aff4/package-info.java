/**
 * AFF4 containers: a ZIP file with metadata in Turtle, streams in compressed chunks, and maps that
 * put pieces of streams together to an image.
 *
 * <p>Three generations are read: Evimetry before the standard, WinPmem 2, and Standard 1.0 with
 * WinPmem 3. Which one a stream is of is told by the stream's own attributes, since containers are
 * re-written by other tools.
 *
 * <p>Reads from: {@code image.zip}, {@code image.chunk}, {@code image.extent}. Feeds: {@code
 * image.ImageFormats}.
 */
package io.memlake.engine.image.aff4;
