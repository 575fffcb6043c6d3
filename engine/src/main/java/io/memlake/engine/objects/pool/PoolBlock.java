package io.memlake.engine.objects.pool;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A pool allocation with its {@code _POOL_HEADER}, put together from what is known of its pages.
 *
 * <p>x64: {@code BlockSize} in units of 16 at 2, {@code PoolType} at 3, {@code PoolTag} at 4; the
 * same from Windows XP to Windows 11. 32-bit kernels pack 9 bits of size, in units of 8, and 7 bits
 * of type into the two bytes at 2, and their header has 8 bytes.
 */
final class PoolBlock {
  private static final int BLOCK_SIZE_OFFSET = 2;
  private static final int POOL_TYPE_OFFSET = 3;
  private static final int TAG_OFFSET = 4;
  private static final int BLOCK_SIZE_BITS_32 = 9;

  private final int headerSize;

  private final long virtualAddress;
  private final long place;
  private final byte[] bytes;
  private final int certain;

  private PoolBlock(int headerSize, long virtualAddress, long place, byte[] bytes, int certain) {
    this.headerSize = headerSize;
    this.virtualAddress = virtualAddress;
    this.place = place;
    this.bytes = bytes;
    this.certain = certain;
  }

  /** Bytes of the header, and of the units in which sizes are counted. */
  static int headerSize(Machine machine) {
    return 2 * machine.kernelSpace().pointerSize();
  }

  private static int units(byte[] header) {
    return header.length == 2 * Long.BYTES
        ? LittleEndian.u8(header, BLOCK_SIZE_OFFSET)
        : LittleEndian.u16(header, BLOCK_SIZE_OFFSET) & ((1 << BLOCK_SIZE_BITS_32) - 1);
  }

  /** The allocation behind a hit; empty when the header is not in the image or is none. */
  static Optional<PoolBlock> read(Machine machine, ScannedPages pages, PoolHit hit)
      throws IOException {
    long at = hit.place();
    int inPage = (int) (at & (PhysicalMemory.PAGE_SIZE - 1));
    int headerSize = headerSize(machine);
    byte[] header = new byte[headerSize];
    if (inPage > PhysicalMemory.PAGE_SIZE - headerSize
        || !pages.read(machine, at, header, 0, headerSize)
        || LittleEndian.i32(header, TAG_OFFSET) != hit.tag()) {
      return Optional.empty();
    }
    int size = units(header) * headerSize;
    if (size <= headerSize) {
      return Optional.empty();
    }
    byte[] bytes = new byte[size];
    int inFrame = Math.min(size, PhysicalMemory.PAGE_SIZE - inPage);
    if (!pages.read(machine, at, bytes, 0, inFrame)) {
      return Optional.empty();
    }
    long page = pages.kernelVirtualAddress(at >>> PhysicalMemory.PAGE_SHIFT);
    if (page != AddressSpace.ABSENT) {
      boolean whole =
          inFrame == size
              || machine
                  .kernelSpace()
                  .read(page + inPage + inFrame, bytes, inFrame, size - inFrame);
      return Optional.of(
          new PoolBlock(headerSize, page + inPage, at, bytes, whole ? size : inFrame));
    }
    // The next slot of a page file, or of a walk over the store, is no neighbour in memory.
    if (inFrame < size
        && ScannedPlace.isPhysical(at)
        && pages.read(machine, at + inFrame, bytes, inFrame, size - inFrame)) {
      return Optional.of(new PoolBlock(headerSize, 0, at, bytes, inFrame));
    }
    byte[] known = inFrame == size ? bytes : Arrays.copyOf(bytes, inFrame);
    return Optional.of(new PoolBlock(headerSize, 0, at, known, inFrame));
  }

  /** Bytes of the pool header. */
  int headerSize() {
    return headerSize;
  }

  /** Kernel address of the header, 0 when no table maps it. */
  long virtualAddress() {
    return virtualAddress;
  }

  /** Where the header lies, a {@link ScannedPlace}. */
  long place() {
    return place;
  }

  /** The allocation, header included, as far as its bytes are known or assumed. */
  byte[] bytes() {
    return bytes;
  }

  /** Whether the allocation was given back, where the pool marks that in the header. */
  boolean free() {
    return headerSize == 2 * Long.BYTES
        ? bytes[POOL_TYPE_OFFSET] == 0
        : LittleEndian.u16(bytes, BLOCK_SIZE_OFFSET) >>> BLOCK_SIZE_BITS_32 == 0;
  }

  /** How sure the bytes from {@code offset} to before {@code end} are; empty when unknown. */
  Optional<Certainty> certainty(int end) {
    if (end <= certain) {
      return Optional.of(virtualAddress != 0 ? Certainty.MAPPED : Certainty.ONE_FRAME);
    }
    // A mapped allocation whose second page is absent is not completed by guessing.
    return virtualAddress == 0 && end <= bytes.length
        ? Optional.of(Certainty.NEXT_FRAME_ASSUMED)
        : Optional.empty();
  }
}
