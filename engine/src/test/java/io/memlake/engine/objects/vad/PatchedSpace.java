package io.memlake.engine.objects.vad;

import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A space with some words overwritten and some pages taken out. */
final class PatchedSpace implements AddressSpace {
  private static final int PAGE = 4096;

  private final AddressSpace space;
  private final Map<Long, Long> words = new TreeMap<>();
  private final Set<Long> absent = new HashSet<>();

  PatchedSpace(AddressSpace space) {
    this.space = space;
  }

  PatchedSpace word(long virtualAddress, long value) {
    words.put(virtualAddress, value);
    return this;
  }

  PatchedSpace without(long virtualAddress) {
    absent.add(virtualAddress & -PAGE);
    return this;
  }

  @Override
  public long dtb() {
    return space.dtb();
  }

  @Override
  public int pointerSize() {
    return space.pointerSize();
  }

  @Override
  public long translate(long virtualAddress) throws IOException {
    return space.translate(virtualAddress);
  }

  @Override
  public boolean read(long virtualAddress, byte[] target, int offset, int length)
      throws IOException {
    for (long page = virtualAddress & -PAGE; page < virtualAddress + length; page += PAGE) {
      if (absent.contains(page)) {
        return false;
      }
    }
    if (!space.read(virtualAddress, target, offset, length)) {
      return false;
    }
    words.forEach(
        (at, value) -> {
          for (int i = 0; i < Long.BYTES; i++) {
            long place = at + i - virtualAddress;
            if (place >= 0 && place < length) {
              target[offset + (int) place] = (byte) (value >>> (Byte.SIZE * i));
            }
          }
        });
    return true;
  }

  @Override
  public int readSparse(
      long virtualAddress, byte[] target, int offset, int length, boolean[] present)
      throws IOException {
    Arrays.fill(present, false);
    throw new UnsupportedOperationException("trees are read whole");
  }
}
