package io.memlake.engine.image.virtual;

import io.memlake.engine.bytes.Hex;
import java.io.Serializable;

/**
 * Bytes at a virtual address.
 *
 * @param virtualAddress of the first byte
 * @param length in bytes, at least 1
 * @param fileOffset of the first byte in the file
 */
public record VirtualBlock(long virtualAddress, long length, long fileOffset)
    implements Serializable {

  /** The address after the last byte, unsigned; 0 when the block ends with the address space. */
  public long end() {
    return virtualAddress + length;
  }

  @Override
  public String toString() {
    return Hex.address(virtualAddress) + "+" + Hex.address(length);
  }
}
