/**
 * Walks of the kernel's and the loader's doubly linked lists that end in every case: links may be
 * smeared, freed, looped or aimed at hostile places.
 *
 * <p>Reads from: {@code paging}. Feeds: the other packages of {@code objects}.
 */
package io.memlake.engine.objects.list;
