/**
 * Pages that leave the frames of a finished machine: into page files, the standby list, prototype
 * entries, the compressed store; page tables, too. Works on the frames alone, by its own walk.
 *
 * <p>Reads from: {@code machine}, {@code layout}, {@code store}. Feeds: tests of everything that
 * reads virtual memory, and demonstration hosts.
 */
package io.memlake.testdata.paging;
