/**
 * Numbers and text out of byte arrays, and ranges out of files; knows nothing of Windows.
 *
 * <p>Reads from: the JDK only. Feeds: every other package of the engine.
 */
package io.memlake.engine.bytes;
