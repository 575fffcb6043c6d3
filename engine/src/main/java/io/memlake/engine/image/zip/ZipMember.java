package io.memlake.engine.image.zip;

/**
 * A member as the central directory lists it.
 *
 * @param name as stored; never used as a path
 * @param method 0 stored, 8 deflated
 * @param storedSize bytes in the file
 * @param size bytes after unpacking
 * @param crc CRC-32 of the unpacked bytes; 0 where a writer did not set it
 * @param headerOffset of the local header in the file
 */
public record ZipMember(
    String name, int method, long storedSize, long size, long crc, long headerOffset) {

  /** Whether the bytes are in the file as they are. */
  public boolean isStored() {
    return method == 0;
  }
}
