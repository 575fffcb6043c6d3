/**
 * Virtual memory that a container stores as such, without frames and page tables: the blocks of a
 * triage dump, the ranges of a user-mode minidump.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code image}, {@code paging}.
 */
package io.memlake.engine.image.virtual;
