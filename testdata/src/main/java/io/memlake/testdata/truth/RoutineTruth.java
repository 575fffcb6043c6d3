package io.memlake.testdata.truth;

/**
 * A routine that the kernel was made to call.
 *
 * @param kind name of the kernel's list, or what registers it
 * @param address the routine
 * @param detail what else the registration says; empty for nothing
 */
public record RoutineTruth(String kind, long address, String detail) {}
