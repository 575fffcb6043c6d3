package io.memlake.testdata.truth;

/**
 * One handle.
 *
 * @param value the handle
 * @param object address of the object itself
 * @param type name of its type
 * @param access granted access mask
 * @param name its name: a device path for files, a key path for keys; empty for none
 * @param storedTypeIndex the byte in its object header that stands for the type, encoded on Windows
 *     10 and later
 */
public record HandleTruth(
    long value, long object, String type, long access, String name, int storedTypeIndex) {}
