/**
 * Places at which decoding of one long stream can start again, and reading between them, whatever
 * the decoder.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code image.wrapper.gzip}, {@code image.wrapper.zstd}.
 */
package io.memlake.engine.image.wrapper.restart;
