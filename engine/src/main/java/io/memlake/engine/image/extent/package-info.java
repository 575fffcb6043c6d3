/**
 * The page index that all containers share: extents say for each run of frames what the evidence
 * holds and where its bytes are stored.
 *
 * <p>A container that stores frames as they are needs nothing else. A container that compresses
 * them adds a {@link io.memlake.engine.image.extent.StoredBytes} that presents the decoded bytes as
 * if they were a file.
 *
 * <p>Reads from: {@code bytes}, {@code physical}. Feeds: every package below {@code image}.
 */
package io.memlake.engine.image.extent;
