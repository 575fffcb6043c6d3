/**
 * Virtual memory: page-table entries, the walk through the tables, address spaces.
 *
 * <p>Reads from: {@code physical}. Feeds: {@code kernel}, {@code objects}. Where a page left RAM,
 * {@link io.memlake.engine.paging.PagedOutPages} is asked, which higher layers implement.
 */
package io.memlake.engine.paging;
