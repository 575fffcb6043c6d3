package io.memlake.engine.pe;

/**
 * One section of an executable as its header lists it.
 *
 * @param name up to 8 characters
 * @param address virtual address where it is loaded
 * @param size bytes in memory
 * @param executable whether its pages may hold code
 */
public record PeSection(String name, long address, int size, boolean executable) {}
