/**
 * Writes physical memory as a standard file, streaming, and says what the file does not hold.
 *
 * <p>Reads from: {@code physical}. Feeds: the {@code convert} command.
 */
package io.memlake.engine.image.convert;
