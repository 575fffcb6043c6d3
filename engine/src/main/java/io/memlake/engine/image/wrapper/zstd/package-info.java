/**
 * Images compressed by zstd, read at any place: by frames, or by restart points inside large ones.
 *
 * <p>Reads from: {@code bytes}, {@code image.chunk}. Feeds: {@code image.wrapper}. Reference: RFC
 * 8878 and the description of the seekable format in the zstd sources.
 */
package io.memlake.engine.image.wrapper.zstd;
