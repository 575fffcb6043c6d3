package io.memlake.engine.paging;

import io.memlake.engine.physical.PhysicalMemory;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A space of a test: arrays at the addresses where the test puts them, of which single pages may be
 * absent. What the test changes in an array later is seen.
 */
public final class PlacedBytes implements AddressSpace {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final TreeMap<Long, byte[]> ranges = new TreeMap<>();
  private final Set<Long> absent = new HashSet<>();

  /** Puts bytes at an address. */
  public static PlacedBytes of(long base, byte[] bytes) {
    return new PlacedBytes().put(base, bytes);
  }

  /** Puts further bytes at an address. */
  public PlacedBytes put(long base, byte[] bytes) {
    ranges.put(base, bytes);
    return this;
  }

  /** Takes bytes away. */
  public PlacedBytes remove(long base) {
    ranges.remove(base);
    return this;
  }

  /** Takes the page away that an address lies in. */
  public PlacedBytes losePage(long virtualAddress) {
    absent.add(virtualAddress & -PAGE);
    return this;
  }

  /** Brings that page back. */
  public PlacedBytes findPage(long virtualAddress) {
    absent.remove(virtualAddress & -PAGE);
    return this;
  }

  @Override
  public long dtb() {
    return 0x1000;
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
  public boolean read(long virtualAddress, byte[] target, int offset, int length) {
    if (length == 0) {
      return true;
    }
    Map.Entry<Long, byte[]> range = ranges.floorEntry(virtualAddress);
    long at = range == null ? 0 : virtualAddress - range.getKey();
    if (range == null || at < 0 || at > range.getValue().length - length) {
      return false;
    }
    for (long page = virtualAddress & -PAGE; page < virtualAddress + length; page += PAGE) {
      if (absent.contains(page)) {
        return false;
      }
    }
    System.arraycopy(range.getValue(), (int) at, target, offset, length);
    return true;
  }

  @Override
  public int readSparse(
      long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
    int found = 0;
    int done = 0;
    for (int page = 0; done < length; page++) {
      int count = Math.min(length - done, PAGE - (int) ((virtualAddress + done) & (PAGE - 1)));
      present[page] = read(virtualAddress + done, target, offset + done, count);
      found += present[page] ? 1 : 0;
      done += count;
    }
    return found;
  }
}
