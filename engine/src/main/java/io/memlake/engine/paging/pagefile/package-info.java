/**
 * Page files beside an image, and the entries that lead into them or into a store that poses as
 * one.
 *
 * <p>Reads from: {@code bytes}, {@code paging}. Feeds: {@code kernel}, {@code objects}. A page file
 * has no header: page n lies at byte n * 4096, and nothing in the file says whose it is. {@link
 * io.memlake.engine.paging.pagefile.PageFileCheck} asks the content.
 */
package io.memlake.engine.paging.pagefile;
