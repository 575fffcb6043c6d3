/**
 * User-mode minidumps: the memory of one process with lists of its modules, threads, ranges and
 * handles.
 *
 * <p>Reads from: {@code bytes}, {@code image.virtual}. Feeds: {@code image.ImageFormats}, {@code
 * artifacts.minidump}. Reference: {@code minidumpapiset.h} of the Windows SDK.
 */
package io.memlake.engine.image.minidump;
