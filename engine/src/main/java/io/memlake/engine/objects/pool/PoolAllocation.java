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
  private final long place;
  private final byte[] data;
  private final boolean freed;

  private PoolAllocation(String tag, long virtualAddress, long place, byte[] data, boolean freed) {
    this.tag = tag;
    this.virtualAddress = virtualAddress;
    this.place = place;
    this.data = data;
    this.freed = freed;
  }

  /** The allocation of a hit; empty when its header is not in the image or is none. */
  public static Optional<PoolAllocation> read(Machine machine, ScannedPages pages, PoolHit hit)
      throws IOException {
    return PoolBlock.read(machine, pages, hit)
        .map(
            block ->
                new PoolAllocation(
                    new String(block.bytes(), TAG, Integer.BYTES, StandardCharsets.ISO_8859_1),
                    block.virtualAddress() == 0 ? 0 : block.virtualAddress() + block.headerSize(),
                    block.place() + block.headerSize(),
                    Arrays.copyOfRange(block.bytes(), block.headerSize(), block.bytes().length),
                    block.free()));
  }

  /** The allocation at a place that {@link PoolPlaces} gave. */
  public static Optional<PoolAllocation> read(
      Machine machine, ScannedPages pages, PoolPlaces.Place place) throws IOException {
    return read(machine, pages, new PoolHit(place.place(), ObjectScan.tag(place.tag())));
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

  /** Where its first byte lies, a {@link ScannedPlace}. */
  public long place() {
    return place;
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
