/**
 * Prefetch files: which programs ran, when, how often, and which files they loaded. Versions 17
 * (XP), 23 (Vista, 7), 26 (8.1), 30 (10) and 31 (11), plain or compressed (MAM).
 *
 * <p>Reads from: {@code bytes}, {@code compression}, {@code objects.value}. Feeds: {@code
 * artifacts}. Reference: the public notes on the format (J. Metz, <i>Windows Prefetch File (PF)
 * format</i>).
 */
package io.memlake.engine.objects.prefetch;
