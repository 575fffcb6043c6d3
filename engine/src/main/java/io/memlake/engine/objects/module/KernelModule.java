package io.memlake.engine.objects.module;

import java.util.Optional;

/**
 * A driver as the kernel's loader keeps it.
 *
 * @param entry virtual address of the {@code _KLDR_DATA_TABLE_ENTRY}
 * @param base base address
 * @param size bytes by the loader
 * @param entryPoint entry point by the loader
 * @param name file name; empty when its bytes are absent
 * @param path path; empty when its bytes are absent
 */
public record KernelModule(
    long entry,
    long base,
    long size,
    long entryPoint,
    Optional<String> name,
    Optional<String> path) {}
