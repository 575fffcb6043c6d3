package io.memlake.testdata.truth;

/**
 * One memory region of a process.
 *
 * @param node address of its VAD node
 * @param parent address of the parent node; 0 for the root of a balanced tree
 * @param start first address
 * @param end last address
 * @param tag pool tag of the node
 * @param protection index into {@code MmProtectToValue}: 1 read, 3 execute and read, 4 read and
 *     write, 6 execute, read and write, 7 execute and write by copy
 * @param commitCharge committed pages
 * @param privateMemory whether the memory belongs to the process alone
 * @param file path of the mapped file without device; empty for none
 */
public record VadTruth(
    long node,
    long parent,
    long start,
    long end,
    String tag,
    int protection,
    long commitCharge,
    boolean privateMemory,
    String file) {}
