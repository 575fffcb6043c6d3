/**
 * Shell links ({@code .lnk} files, also inside jump lists and memory): what they point to, when it
 * was made, on which volume or share, and on which computer the link was made.
 *
 * <p>Reads from: {@code bytes}, {@code objects.value}. Feeds: {@code artifacts}. Reference:
 * MS-SHLLINK; shell items by the public notes of libfwsi (J. Metz, <i>Windows Shell Item
 * format</i>).
 */
package io.memlake.engine.objects.shortcut;
