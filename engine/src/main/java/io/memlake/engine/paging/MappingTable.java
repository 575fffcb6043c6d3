package io.memlake.engine.paging;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Pages by the place of their contents: 16 bytes each, sorted by place, owner and address.
 *
 * <p>A key holds the place in 39 bits, the owner's number in 16 and the flags in 8, so that the
 * order of keys is the order of lookups and the top bit stays clear.
 */
final class MappingTable implements Serializable {
  private static final long serialVersionUID = 1;

  /** Places are below this: 2 PiB of RAM, or 16 page files of 16 TiB. */
  static final long MAX_PLACE = 1L << 39;

  /** Owner numbers are below this. */
  static final int MAX_OWNERS = 1 << 16;

  private static final int FLAG_BITS = 8;
  private static final int OWNER_SHIFT = FLAG_BITS;
  private static final int PLACE_SHIFT = 24;

  private long[] keys;
  private long[] addresses;
  private int size;

  MappingTable(int capacity) {
    keys = new long[capacity];
    addresses = new long[capacity];
  }

  int size() {
    return size;
  }

  /** Makes room for {@code more} pages at once, without the slack that growing page by page has. */
  void reserve(int more) {
    int wanted = Math.addExact(size, more);
    if (wanted > keys.length) {
      keys = Arrays.copyOf(keys, wanted);
      addresses = Arrays.copyOf(addresses, wanted);
    }
  }

  /** Appends a page. */
  void add(long place, int owner, int flags, long virtualAddress) {
    if (size == keys.length) {
      reserve(Math.max(64, size >> 1));
    }
    keys[size] = place << PLACE_SHIFT | (long) owner << OWNER_SHIFT | (flags & MappingFlags.ALL);
    addresses[size++] = virtualAddress;
  }

  long place(int index) {
    return keys[index] >>> PLACE_SHIFT;
  }

  int owner(int index) {
    return (int) (keys[index] >>> OWNER_SHIFT) & (MAX_OWNERS - 1);
  }

  int flags(int index) {
    return (int) keys[index] & MappingFlags.ALL;
  }

  long address(int index) {
    return addresses[index];
  }

  /** Gives owner {@code i} the number {@code numbers[i]}. */
  void renumber(int[] numbers) {
    long ownerMask = (MAX_OWNERS - 1L) << OWNER_SHIFT;
    for (int i = 0; i < size; i++) {
      keys[i] = (keys[i] & ~ownerMask) | (long) numbers[owner(i)] << OWNER_SHIFT;
    }
  }

  /** Sorts, drops what stands twice, and gives back the slack when it is worth a copy. */
  void seal() {
    PairSort.sort(keys, addresses, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || keys[i] != keys[kept - 1] || addresses[i] != addresses[kept - 1]) {
        keys[kept] = keys[i];
        addresses[kept++] = addresses[i];
      }
    }
    size = kept;
    if (keys.length - size > size >> 3) {
      keys = Arrays.copyOf(keys, size);
      addresses = Arrays.copyOf(addresses, size);
    }
  }

  /** Keeps the pages of those owners that {@code kept} names; returns how many went. */
  int keepOwners(boolean[] kept) {
    int left = 0;
    for (int i = 0; i < size; i++) {
      if (kept[owner(i)]) {
        keys[left] = keys[i];
        addresses[left++] = addresses[i];
      }
    }
    int gone = size - left;
    size = left;
    return gone;
  }

  /** The first page at or after {@code place} in a sealed table; {@link #size} when none is. */
  int first(long place) {
    if (place >= MAX_PLACE) {
      return size;
    }
    long key = Math.max(0, place) << PLACE_SHIFT;
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean isAt(int index, long place) {
    return index < size && place(index) == place;
  }

  long bytes() {
    return 2L * Long.BYTES * keys.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MappingTable that
        && size == that.size
        && Arrays.equals(keys, 0, size, that.keys, 0, size)
        && Arrays.equals(addresses, 0, size, that.addresses, 0, size);
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Long.hashCode(keys[i] ^ addresses[i]);
    }
    return hash;
  }
}
