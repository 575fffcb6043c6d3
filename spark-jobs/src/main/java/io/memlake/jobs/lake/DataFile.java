package io.memlake.jobs.lake;

import java.io.Serializable;

/**
 * One Parquet file of a table.
 *
 * @param path where it lies: the full path while it is staged, the file name once it is published
 * @param rows how many rows it holds
 * @param bytes its length
 */
public record DataFile(String path, long rows, long bytes) implements Serializable {}
