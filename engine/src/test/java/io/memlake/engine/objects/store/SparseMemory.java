package io.memlake.engine.objects.store;

import io.memlake.engine.paging.AddressSpace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** An address space of pages that exist because something was written to them. */
final class SparseMemory implements AddressSpace {
  private static final int PAGE = 4096;

  private final int pointerSize;
  private final Map<Long, byte[]> pages = new HashMap<>();
  private long reads;

  SparseMemory(int pointerSize) {
    this.pointerSize = pointerSize;
  }

  void write(long virtualAddress, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      long at = virtualAddress + done;
      int inPage = (int) (at & (PAGE - 1));
      int count = Math.min(bytes.length - done, PAGE - inPage);
      byte[] page = pages.computeIfAbsent(at & -PAGE, address -> new byte[PAGE]);
      System.arraycopy(bytes, done, page, inPage, count);
      done += count;
    }
  }

  void number(long virtualAddress, int size, long value) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    write(virtualAddress, bytes);
  }

  void remove(long virtualAddress) {
    pages.remove(virtualAddress & -PAGE);
  }

  byte[] page(long virtualAddress) {
    return pages.get(virtualAddress & -PAGE);
  }

  /** How often it was read. */
  long reads() {
    return reads;
  }

  @Override
  public long dtb() {
    return 0x1AD000;
  }

  @Override
  public int pointerSize() {
    return pointerSize;
  }

  @Override
  public long translate(long virtualAddress) {
    return ABSENT;
  }

  @Override
  public boolean read(long virtualAddress, byte[] target, int offset, int length) {
    reads++;
    int done = 0;
    while (done < length) {
      long at = virtualAddress + done;
      byte[] page = page(at);
      if (page == null) {
        return false;
      }
      int inPage = (int) (at & (PAGE - 1));
      int count = Math.min(length - done, PAGE - inPage);
      System.arraycopy(page, inPage, target, offset + done, count);
      done += count;
    }
    return true;
  }

  @Override
  public int readSparse(
      long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
    int done = 0;
    int found = 0;
    for (int i = 0; done < length; i++) {
      long at = virtualAddress + done;
      int count = Math.min(length - done, PAGE - (int) (at & (PAGE - 1)));
      present[i] = read(at, target, offset + done, count);
      if (present[i]) {
        found++;
      } else {
        Arrays.fill(target, offset + done, offset + done + count, (byte) 0);
      }
      done += count;
    }
    return found;
  }
}
