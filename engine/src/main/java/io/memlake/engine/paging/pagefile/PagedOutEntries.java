package io.memlake.engine.paging.pagefile;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteAddress;
import io.memlake.engine.paging.PteDecoder;
import io.memlake.engine.paging.PteKind;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Follows entries that lead into page files: directly, or through one prototype entry. Entries that
 * only an address descriptor (VAD) can explain are left to the pages given as the rest.
 *
 * <p>Counts what it could not have, for the report about the evidence. One instance belongs to one
 * thread.
 */
public final class PagedOutEntries implements PagedOutPages {
  private final PteLayout layout;
  private final PageSlots slots;
  private final PagedOutPages rest;
  private final byte[] entryBytes = new byte[Long.BYTES];
  private final Map<SlotState, LongAdder> counts = new EnumMap<>(SlotState.class);

  /**
   * Reads what entries mean.
   *
   * @param layout bit positions of this kernel's entries
   * @param slots page files and the compressed store
   * @param rest asked for everything that is not in a page file
   */
  public PagedOutEntries(PteLayout layout, PageSlots slots, PagedOutPages rest) {
    this.layout = layout;
    this.slots = slots;
    this.rest = rest;
    for (SlotState state : SlotState.values()) {
      counts.put(state, new LongAdder());
    }
  }

  @Override
  public boolean readPage(
      AddressSpace space, long virtualAddress, long pte, byte[] target, int offset)
      throws IOException {
    PteKind kind = PteDecoder.kindOf(pte, layout);
    if (kind == PteKind.PAGE_FILE) {
      return readSlot(pte, target, offset);
    }
    if (kind == PteKind.PROTOTYPE) {
      long prototype = readEntry(space, PteDecoder.prototypeAddress(pte, layout));
      PteKind prototypeKind = PteDecoder.kindOfPrototype(prototype, layout);
      if (prototypeKind == PteKind.PAGE_FILE) {
        return readSlot(prototype, target, offset);
      }
      if (prototypeKind == PteKind.DEMAND_ZERO) {
        Arrays.fill(target, offset, offset + PhysicalMemory.PAGE_SIZE, (byte) 0);
        return true;
      }
    }
    return rest.readPage(space, virtualAddress, pte, target, offset);
  }

  /**
   * Reads the page of a {@link PteKind#PAGE_FILE} entry, wherever the entry was found.
   *
   * @return false when the page cannot be had, which is counted
   */
  public boolean readSlot(long entry, byte[] target, int offset) throws IOException {
    SlotState state =
        slots.read(
            PteDecoder.pageFileNumber(entry, layout),
            PteDecoder.pageFileOffset(entry, layout),
            target,
            offset);
    counts.get(state).increment();
    return state == SlotState.PRESENT;
  }

  /** How many reads of page-file entries ended this way. */
  public long count(SlotState state) {
    return counts.get(state).sum();
  }

  private long readEntry(AddressSpace space, long virtualAddress) throws IOException {
    PteAddress form = layout.prototypeAddress();
    int size = form == PteAddress.X64 || form == PteAddress.PAE ? Long.BYTES : Integer.BYTES;
    if (!space.kernelView().read(virtualAddress, entryBytes, 0, size)) {
      return 0;
    }
    return size == Long.BYTES ? LittleEndian.i64(entryBytes, 0) : LittleEndian.u32(entryBytes, 0);
  }
}
