package io.memlake.engine.objects.filerecord;

/**
 * Where a file is.
 *
 * @param path names from the root, separated and begun by a backslash; when the chain of
 *     directories breaks, from the last directory that is known, begun by {@code ?}
 * @param complete whether the chain ends at the root
 */
public record FilePath(String path, boolean complete) {}
