/**
 * Processes: their structures in the kernel, their threads and memory regions, and what lies in
 * their user space (PEB, parameters, loader lists, images, 32-bit side).
 *
 * <p>Reads from: {@code objects} and everything below. Feeds: {@code machine}.
 */
package io.memlake.testdata.process;
