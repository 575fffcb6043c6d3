package io.memlake.engine.objects.module;

import java.util.Optional;

/**
 * A module as the loader of a process keeps it, in user memory that the process may change.
 *
 * @param entry virtual address of the {@code _LDR_DATA_TABLE_ENTRY}
 * @param bits 64, or 32 from the lists of a 32-bit process
 * @param base base address
 * @param size bytes by the loader
 * @param entryPoint entry point by the loader
 * @param name file name; empty when its bytes are absent
 * @param path path; empty when its bytes are absent
 * @param loadTime FILETIME, 0 when the loader keeps none
 * @param loadReason {@code LDR_DLL_LOAD_REASON}; empty when the loader keeps none
 * @param inLoad whether the list in load order holds it
 * @param inInitialization whether the list in initialization order holds it
 * @param inMemory whether the list in memory order holds it
 */
public record LoaderModule(
    long entry,
    int bits,
    long base,
    long size,
    long entryPoint,
    Optional<String> name,
    Optional<String> path,
    long loadTime,
    Optional<Integer> loadReason,
    boolean inLoad,
    boolean inInitialization,
    boolean inMemory) {}
