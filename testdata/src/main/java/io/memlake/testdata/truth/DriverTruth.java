package io.memlake.testdata.truth;

/**
 * One driver object.
 *
 * @param object address of its {@code _DRIVER_OBJECT}
 * @param physicalObject physical address of the first byte of that structure
 * @param start where its image is mapped
 * @param size bytes of its image
 * @param serviceKey name of its service
 * @param name object name, such as \\Driver\\disk
 */
public record DriverTruth(
    long object, long physicalObject, long start, long size, String serviceKey, String name) {}
