package io.memlake.engine.image.virtual;

import io.memlake.engine.image.Evidence;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which virtual addresses a file holds, and where. Blocks rise and do not overlap; where the file
 * stored an address twice, the block that begins first counts.
 */
public final class VirtualMemoryIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long[] starts;
  private final long[] lengths;
  private final long[] offsets;

  private VirtualMemoryIndex(String file, List<VirtualBlock> blocks) {
    this.file = file;
    starts = blocks.stream().mapToLong(VirtualBlock::virtualAddress).toArray();
    lengths = blocks.stream().mapToLong(VirtualBlock::length).toArray();
    offsets = blocks.stream().mapToLong(VirtualBlock::fileOffset).toArray();
  }

  /**
   * Sorts blocks and removes overlaps.
   *
   * @param blocks none of which wraps around the end of the address space
   */
  public static VirtualMemoryIndex of(String file, List<VirtualBlock> blocks) {
    List<VirtualBlock> sorted = new ArrayList<>(blocks);
    sorted.sort(
        Comparator.comparingLong((VirtualBlock b) -> b.virtualAddress() + Long.MIN_VALUE)
            .thenComparing(VirtualBlock::length, Comparator.reverseOrder()));
    List<VirtualBlock> apart = new ArrayList<>(sorted.size());
    long end = 0;
    for (VirtualBlock block : sorted) {
      long last = block.end() - 1;
      boolean first = apart.isEmpty();
      if (!first && Long.compareUnsigned(last, end - 1) <= 0) {
        continue;
      }
      long skip =
          first || Long.compareUnsigned(block.virtualAddress(), end) >= 0
              ? 0
              : end - block.virtualAddress();
      apart.add(
          new VirtualBlock(
              block.virtualAddress() + skip, block.length() - skip, block.fileOffset() + skip));
      end = block.end();
      if (end == 0) {
        break;
      }
    }
    return new VirtualMemoryIndex(file, apart);
  }

  /** All blocks in rising order of unsigned address. */
  public List<VirtualBlock> blocks() {
    List<VirtualBlock> blocks = new ArrayList<>(starts.length);
    for (int i = 0; i < starts.length; i++) {
      blocks.add(new VirtualBlock(starts[i], lengths[i], offsets[i]));
    }
    return Collections.unmodifiableList(blocks);
  }

  /** Bytes of {@code size} at {@code base} that are stored. */
  public long storedBytes(long base, long size) {
    long stored = 0;
    for (int i = Math.max(0, floor(base)); i < starts.length; i++) {
      boolean before = Long.compareUnsigned(starts[i], base) <= 0;
      long skip = before ? base - starts[i] : 0;
      long ahead = before ? 0 : starts[i] - base;
      if (Long.compareUnsigned(ahead, size) >= 0) {
        break;
      }
      if (Long.compareUnsigned(skip, lengths[i]) < 0) {
        stored += Math.min(lengths[i] - skip, size - ahead);
      }
    }
    return stored;
  }

  /** Bytes in all blocks. */
  public long byteCount() {
    long sum = 0;
    for (long length : lengths) {
      sum += length;
    }
    return sum;
  }

  /** Opens the bytes. The caller closes the result. */
  public VirtualMemory open(Evidence evidence) throws IOException {
    return new VirtualMemory(this, evidence.open(file));
  }

  /** The last block that begins at or before an address, or -1. */
  private int floor(long virtualAddress) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(starts[middle], virtualAddress) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /** The block that holds an address, or -1. */
  int find(long virtualAddress) {
    int block = floor(virtualAddress);
    return block >= 0 && Long.compareUnsigned(virtualAddress - starts[block], lengths[block]) < 0
        ? block
        : -1;
  }

  long start(int block) {
    return starts[block];
  }

  long length(int block) {
    return lengths[block];
  }

  long offset(int block) {
    return offsets[block];
  }
}
