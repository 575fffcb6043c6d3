/**
 * Pages that left RAM, put together: page files, the compressed store and prototype entries behind
 * one door, so that every address space reads what Windows itself could have read.
 *
 * <p>{@link io.memlake.engine.objects.pagedout.PagedOutDiscovery} finds out once a host which file
 * has which number and how the store is read; {@link
 * io.memlake.engine.objects.pagedout.PagedOutMachine} opens a machine with all of it; {@link
 * io.memlake.engine.objects.pagedout.PageAccounts} says of any page where it is, or why it cannot
 * be had.
 *
 * <p>Reads from: {@code paging}, {@code objects.store}, {@code objects.vad}. Feeds: every address
 * space, {@code extract}.
 */
package io.memlake.engine.objects.pagedout;
