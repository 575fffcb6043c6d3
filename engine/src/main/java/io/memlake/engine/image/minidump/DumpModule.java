package io.memlake.engine.image.minidump;

import java.io.Serializable;

/**
 * A module as the dump lists it.
 *
 * @param base address
 * @param size bytes
 * @param checksum of its header
 * @param timestamp of its header
 * @param path empty when the dump does not hold it
 * @param pdbName path of the symbol file; empty when there is no debug record
 * @param pdbGuid its GUID as debuggers print it, without dashes; empty when there is none
 * @param pdbAge its age
 * @param recordOffset where in the file it is listed
 */
public record DumpModule(
    long base,
    long size,
    long checksum,
    long timestamp,
    String path,
    String pdbName,
    String pdbGuid,
    int pdbAge,
    long recordOffset)
    implements Serializable {

  /** The last part of the path. */
  public String name() {
    return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  }
}
