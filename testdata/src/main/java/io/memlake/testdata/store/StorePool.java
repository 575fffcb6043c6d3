package io.memlake.testdata.store;

import java.nio.charset.StandardCharsets;

/** Hands out kernel memory with pool headers, one allocation behind the other. */
final class StorePool {
  private static final int PAGE_SIZE = 4096;

  private final StoreMemory memory;
  private final int pointerSize;
  private long next;

  StorePool(StoreMemory memory, int pointerSize, long start) {
    this.memory = memory;
    this.pointerSize = pointerSize;
    this.next = start;
  }

  /** Memory of at least {@code size} bytes, behind a header with the tag. */
  long allocate(int size, String tag) {
    if (size >= PAGE_SIZE) {
      return pages((size + PAGE_SIZE - 1) / PAGE_SIZE);
    }
    int header = 2 * pointerSize;
    int whole = (header + size + header - 1) / header * header;
    if ((next & (PAGE_SIZE - 1)) + whole > PAGE_SIZE) {
      next = (next + PAGE_SIZE - 1) & -PAGE_SIZE;
    }
    long block = next;
    next += whole;
    Block bytes = new Block(whole);
    bytes.number(2, 2, 0x200 | whole / header);
    byte[] name = tag.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < name.length; i++) {
      bytes.number(4 + i, 1, name[i]);
    }
    memory.write(block, bytes.bytes());
    return block + header;
  }

  /** Whole pages, which have no header. */
  long pages(int count) {
    long start = (next + PAGE_SIZE - 1) & -PAGE_SIZE;
    next = start + (long) count * PAGE_SIZE;
    memory.write(start, new byte[count * PAGE_SIZE]);
    return start;
  }

  void write(long address, Block block) {
    memory.write(address, block.bytes());
  }

  void pointer(long address, long value) {
    memory.write(address, new Block(pointerSize).number(0, pointerSize, value).bytes());
  }
}
