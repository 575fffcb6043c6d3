package io.memlake.engine.objects.stack;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/** Reads words of a stack; the page that was read last is kept. */
final class StackWords {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final AddressSpace space;
  private final byte[] page = new byte[PAGE];
  private long pageAddress = 1;
  private boolean present;

  StackWords(AddressSpace space) {
    this.space = space;
  }

  /** Whether the word at an address is there; words that no compiler would place are not. */
  boolean has(long address) throws IOException {
    if ((address & 7) != 0) {
      return false;
    }
    long wanted = address & -PAGE;
    if (wanted != pageAddress) {
      pageAddress = wanted;
      present = space.read(wanted, page, 0, PAGE);
    }
    return present;
  }

  /** The word that {@link #has} said is there. */
  long at(long address) {
    return LittleEndian.i64(page, (int) (address & (PAGE - 1)));
  }
}
