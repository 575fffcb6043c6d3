/**
 * The code of modules compared between hosts: pages of one build are put as if the module lay at 0,
 * then the hosts vote.
 *
 * <p>Reads from: {@code pages}, {@code modules}, {@code kernel_modules}, and the evidence where
 * hashes do not suffice. Feeds: {@code code_patches}, {@code code_votes}.
 */
package io.memlake.jobs.fleet.code;
