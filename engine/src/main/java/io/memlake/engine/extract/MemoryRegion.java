package io.memlake.engine.extract;

/**
 * A range of a process, or of the kernel, that is extracted as a whole.
 *
 * @param start first address
 * @param end last address
 * @param protection first protection by its Windows name; empty where no descriptor tells
 * @param type {@code image}, {@code mapped}, {@code private}, or {@code unlisted} for pages that
 *     page tables map and no descriptor lists; {@code kernel module} or {@code big pool} of the
 *     kernel
 * @param file path of the file behind it on its volume, name of a kernel module, tag of a big
 *     allocation; empty for none
 */
public record MemoryRegion(long start, long end, String protection, String type, String file) {}
