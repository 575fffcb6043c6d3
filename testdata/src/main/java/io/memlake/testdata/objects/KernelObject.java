package io.memlake.testdata.objects;

/**
 * An executive object in memory.
 *
 * @param type name of its object type
 * @param body virtual address of the object itself, such as an {@code _EPROCESS}
 * @param header virtual address of its {@code _OBJECT_HEADER}
 * @param block virtual address of its pool block, after the pool header
 */
public record KernelObject(String type, long body, long header, long block) {}
