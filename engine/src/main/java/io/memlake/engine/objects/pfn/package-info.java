/**
 * The kernel's database of page frames, a second source on who uses a frame.
 *
 * <p>Reads from: {@code kernel}, {@code paging}. Feeds: {@code artifacts.quality} and the table
 * {@code pages}. Page tables come first: the database is asked for frames that none of them maps,
 * and compared with them where they do.
 */
package io.memlake.engine.objects.pfn;
