/**
 * Texts as Windows keeps them in memory.
 *
 * <p>Reads from: {@code paging}. Feeds: the other packages of {@code objects}.
 */
package io.memlake.engine.objects.text;
