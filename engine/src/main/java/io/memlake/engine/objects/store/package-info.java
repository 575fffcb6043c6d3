/**
 * Compressed memory: pages that left their frames but not RAM. Since Windows 10 1607 a page is
 * first "paged out" into a page file that does not exist; the store manager compresses it into the
 * address space of the process MemCompression.
 *
 * <p>The way of a page, each step a structure that the evidence may have lost:
 *
 * <pre>
 * entry -> page key -> KeyToStoreTree -> store -> PagesTree -> region key
 *       -> chunk -> page record -> region -> bytes in MemCompression -> 4096 bytes
 * </pre>
 *
 * {@link io.memlake.engine.objects.store.CompressedStore} goes that way for one page, {@link
 * io.memlake.engine.objects.store.StoreWalk} for all of them. No public symbol describes the
 * structures, so {@link io.memlake.engine.objects.store.StoreSelection} picks the row of a table by
 * trying it.
 *
 * <p>Reads from: {@code compression}, {@code paging}, {@code symbols}. Feeds: every address space,
 * through {@code paging.PagedOutPages}, and {@code artifacts}.
 */
package io.memlake.engine.objects.store;
