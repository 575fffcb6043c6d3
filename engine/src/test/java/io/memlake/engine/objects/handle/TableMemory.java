package io.memlake.engine.objects.handle;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Pages of kernel memory, as many as a test writes. */
final class TableMemory implements AddressSpace {
  private static final int PAGE = 4096;

  private final Map<Long, byte[]> pages = new HashMap<>();

  void put(long at, long value) {
    LittleEndian.putI64(page(at), (int) at & (PAGE - 1), value);
  }

  byte[] page(long at) {
    return pages.computeIfAbsent(at & -PAGE, key -> new byte[PAGE]);
  }

  @Override
  public long dtb() {
    return 0;
  }

  @Override
  public int pointerSize() {
    return Long.BYTES;
  }

  @Override
  public long translate(long virtualAddress) {
    return ABSENT;
  }

  @Override
  public boolean read(long virtualAddress, byte[] target, int offset, int length)
      throws IOException {
    for (int i = 0; i < length; i++) {
      byte[] page = pages.get((virtualAddress + i) & -PAGE);
      if (page == null) {
        return false;
      }
      target[offset + i] = page[(int) (virtualAddress + i) & (PAGE - 1)];
    }
    return true;
  }

  @Override
  public int readSparse(
      long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
    throw new UnsupportedOperationException("tables are read whole");
  }
}
