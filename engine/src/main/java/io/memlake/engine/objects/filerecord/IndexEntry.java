package io.memlake.engine.objects.filerecord;

/**
 * An entry of a directory.
 *
 * @param file record of the file
 * @param name its name in the directory, with the directory's copy of times and sizes
 */
public record IndexEntry(FileReference file, FileName name) {}
