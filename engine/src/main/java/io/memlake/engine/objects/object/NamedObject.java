package io.memlake.engine.objects.object;

/**
 * An object that a directory of the object manager holds.
 *
 * @param path its full name, from the root
 * @param directory virtual address of the directory; 0 for the root itself
 * @param object what its header says
 */
public record NamedObject(String path, long directory, ExecutiveObject object) {}
