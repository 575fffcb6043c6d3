package io.memlake.testdata.truth;

/**
 * One kernel module.
 *
 * @param entry address of its loader entry
 * @param base where it is mapped
 * @param size bytes of the image
 * @param name base name, such as tcpip.sys
 * @param path full path in the loader entry
 */
public record KernelModuleTruth(long entry, long base, long size, String name, String path) {}
