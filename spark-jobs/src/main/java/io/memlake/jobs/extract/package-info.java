/**
 * {@code memlake extract}: bytes of a host that the lake knows, read from its evidence once more.
 *
 * <p>Reads from: the lake for what and where, the recorded evidence for the bytes. Writes into a
 * folder of the user, never beside the evidence.
 */
package io.memlake.jobs.extract;
