package io.memlake.engine.objects.filerecord;

/**
 * Clusters of a file that follow each other on the volume.
 *
 * @param cluster first cluster on the volume, or {@link #SPARSE}
 * @param length number of clusters
 */
public record DataRun(long cluster, long length) {
  /** No clusters: the range reads as zeros. */
  public static final long SPARSE = -1;
}
