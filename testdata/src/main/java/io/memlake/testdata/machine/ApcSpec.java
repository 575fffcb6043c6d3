package io.memlake.testdata.machine;

/**
 * Routines that shall wait in the first thread of a process.
 *
 * @param process its executable
 * @param kernelRoutines how many for kernel mode
 * @param userRoutines how many for user mode
 * @param inPrivateMemory whether those lie in private memory that can be executed, else in
 *     ntdll.dll
 */
public record ApcSpec(
    String process, int kernelRoutines, int userRoutines, boolean inPrivateMemory) {}
