/**
 * The RAM of one machine as 4 KiB frames, whatever file it came from.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code image} (which implements it), {@code paging}, {@code
 * scan}.
 */
package io.memlake.engine.physical;
