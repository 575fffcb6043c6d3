/**
 * LZNT1: older hibernation files and compressed dumps.
 *
 * <p>Reads from: nothing but its input. Feeds: {@code image}. Reference: MS-XCA 2.5 and 2.6.
 */
package io.memlake.engine.compression.lznt1;
