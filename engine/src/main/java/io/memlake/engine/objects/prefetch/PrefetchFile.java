package io.memlake.engine.objects.prefetch;

/**
 * A file that a program loaded.
 *
 * @param path with the device or volume in front
 * @param reference NTFS reference of the file, 0 when it is not kept
 */
public record PrefetchFile(String path, long reference) {}
