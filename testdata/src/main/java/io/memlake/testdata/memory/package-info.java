/**
 * Physical frames, address spaces and page tables of the synthetic machine.
 *
 * <p>Reads from: {@code layout}. Feeds: every writer of kernel and user structures, which write by
 * virtual address and leave frames and page tables to this package.
 */
package io.memlake.testdata.memory;
