package io.memlake.testdata.truth;

import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.layout.KernelIdentity;
import java.util.List;

/**
 * The system of a machine.
 *
 * @param computerName name in every process' environment
 * @param kernel version and PDB identity of the kernel
 * @param kernelBase address of the kernel image
 * @param kernelSize bytes of the kernel image
 * @param dtb physical address of the System process' top page table
 * @param selfMapIndex entry of the top page table that points to itself
 * @param systemProcess address of the System process' {@code _EPROCESS}
 * @param activeProcessHead address of {@code PsActiveProcessHead}
 * @param loadedModuleList address of {@code PsLoadedModuleList}
 * @param debuggerDataBlock address of {@code KdDebuggerDataBlock}
 * @param pfnDatabase value of {@code MmPfnDatabase}
 * @param waitNever value of {@code KiWaitNever}
 * @param waitAlways value of {@code KiWaitAlways}
 * @param headerCookie value of {@code ObHeaderCookie}; 0 before Windows 10
 * @param processors number of processors
 * @param bootTime when the system started
 * @param systemTime the time in shared user data, when the image was taken
 * @param ram runs of RAM frames, ascending
 */
public record HostTruth(
    String computerName,
    KernelIdentity kernel,
    long kernelBase,
    long kernelSize,
    long dtb,
    int selfMapIndex,
    long systemProcess,
    long activeProcessHead,
    long loadedModuleList,
    long debuggerDataBlock,
    long pfnDatabase,
    long waitNever,
    long waitAlways,
    int headerCookie,
    int processors,
    long bootTime,
    long systemTime,
    List<FrameRun> ram) {}
