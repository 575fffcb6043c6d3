package io.memlake.engine.objects.pool;

import io.memlake.engine.kernel.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A small pool allocation behind a hit of the scan. */
public final class PoolAllocation {

  private static final int TAG = 4;

  private final String tag;
  private final long virtualAddress;
  private final long physicalAddress;
  private final byte[] data;
  private final boolean freed;

  private PoolAllocation(
      String tag, long virtualAddress, long physicalAddress, byte[] data, boolean freed) {
    this.tag = tag;
    this.virtualAddress = virtualAddress;
    this.physicalAddress = physicalAddress;
    this.data = data;
    this.freed = freed;
  }

  /** The allocation of a hit; empty when its header is not in the image or is none. */
  public static Optional<PoolAllocation> read(
      Machine machine, KernelAddresses addresses, PoolHit hit) throws IOException {
    return PoolBlock.read(machine, addresses, hit)
        .map(
            block ->
                new PoolAllocation(
                    new String(block.bytes(), TAG, Integer.BYTES, StandardCharsets.ISO_8859_1),
                    block.virtualAddress() == 0 ? 0 : block.virtualAddress() + block.headerSize(),
                    block.physicalAddress() + block.headerSize(),
                    Arrays.copyOfRange(block.bytes(), block.headerSize(), block.bytes().length),
                    block.free()));
  }

  /** Its tag. */
  public String tag() {
    return tag;
  }

  /**
   * Kernel address of its first byte; 0 when the kernel's tables do not map it, as they do not map
   * pools of sessions.
   */
  public long virtualAddress() {
    return virtualAddress;
  }

  /** Physical address of its first byte. */
  public long physicalAddress() {
    return physicalAddress;
  }

  /** Its bytes, header excluded, as far as they are known. Not copied. */
  public byte[] data() {
    return data;
  }

  /** Whether it was given back. */
  public boolean freed() {
    return freed;
  }
}
