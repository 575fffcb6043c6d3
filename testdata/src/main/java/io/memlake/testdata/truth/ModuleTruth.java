package io.memlake.testdata.truth;

/**
 * One module in a process' loader lists.
 *
 * @param entry address of its loader entry
 * @param base where it is mapped
 * @param size bytes of the image
 * @param name base name, such as ntdll.dll
 * @param path full path in the loader entry
 * @param loadTime when it was loaded
 */
public record ModuleTruth(
    long entry, long base, long size, String name, String path, long loadTime) {}
