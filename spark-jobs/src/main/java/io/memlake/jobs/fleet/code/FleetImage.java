package io.memlake.jobs.fleet.code;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.Arrays;

/** Pages of one image that several hosts gave, as if one process mapped them. */
final class FleetImage implements AddressSpace {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final long base;
  private final byte[][] pages;

  FleetImage(long base, byte[][] pages) {
    this.base = base;
    this.pages = pages;
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
  public boolean read(long virtualAddress, byte[] target, int offset, int length) {
    boolean[] present = new boolean[length / PAGE + 2];
    int touched = (int) ((virtualAddress % PAGE + length + PAGE - 1) / PAGE);
    return readSparse(virtualAddress, target, offset, length, present) == touched;
  }

  @Override
  public int readSparse(
      long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
    int found = 0;
    int done = 0;
    for (int page = 0; done < length; page++) {
      long at = virtualAddress - base + done;
      int inPage = (int) Math.floorMod(at, (long) PAGE);
      int count = Math.min(PAGE - inPage, length - done);
      long number = Math.floorDiv(at, (long) PAGE);
      byte[] bytes = number >= 0 && number < pages.length ? pages[(int) number] : null;
      present[page] = bytes != null;
      if (bytes == null) {
        Arrays.fill(target, offset + done, offset + done + count, (byte) 0);
      } else {
        System.arraycopy(bytes, inPage, target, offset + done, count);
        found++;
      }
      done += count;
    }
    return found;
  }
}
