/**
 * Open files ({@code _FILE_OBJECT}) and what memory holds of their contents: views of the cache
 * manager and the data section.
 *
 * <p>Reads from: {@code kernel}, {@code paging}, {@code symbols}. Feeds: {@code artifacts}.
 */
package io.memlake.engine.objects.file;
