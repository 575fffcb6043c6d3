package io.memlake.engine.objects.pagedout;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.BitField;
import io.memlake.engine.paging.PteDecoder;
import io.memlake.engine.paging.PteKind;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.paging.pagefile.PageFile;
import io.memlake.engine.paging.pagefile.PageFileCheck;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Frames on the standby list whose contents are in a page file, too: {@code _MMPFN.OriginalPte}
 * names the slot. The strongest proof that a page file belongs to an image, or does not.
 */
final class FrameCopies {
  /** Entries of the frame database that are looked at, spread evenly over RAM. */
  private static final int LOOKED_AT = 1 << 16;

  /** Copies that are compared. */
  private static final int COMPARED = 256;

  private static final int STANDBY = 2;

  private final Machine machine;
  private final PteLayout layout;
  private final byte[] frame = new byte[PhysicalMemory.PAGE_SIZE];
  private final byte[] slot = new byte[PhysicalMemory.PAGE_SIZE];

  FrameCopies(Machine machine) {
    this.machine = machine;
    this.layout = machine.pteLayout();
  }

  /** Compares what is found; without a readable frame database nothing is. */
  void check(PageFile file, PageFileCheck check) throws IOException {
    Optional<StructType> type = machine.symbols().findStruct("_MMPFN");
    Optional<BitsField> location = type.flatMap(pfn -> pfn.findBits("u3.e1.PageLocation"));
    OptionalLong database = database();
    if (location.isEmpty() || database.isEmpty() || type.get().find("OriginalPte").isEmpty()) {
      return;
    }
    int size = type.get().size();
    int original = type.get().offsetOf("OriginalPte");
    byte[] entry = new byte[size];
    long step = Math.max(1, machine.memory().readablePages() / LOOKED_AT);
    int compared = 0;
    for (PageRun run : machine.memory().runs()) {
      long first = run.firstPfn();
      for (long pfn = first; pfn < run.endPfn() && compared < COMPARED; pfn += step) {
        if (machine.kernelSpace().read(database.getAsLong() + pfn * size, entry, 0, size)
            && location.get().in(entry, 0) == STANDBY
            && compare(file, check, pfn, number(entry, original))) {
          compared++;
        }
      }
    }
  }

  private long number(byte[] entry, int at) {
    return machine.description().mode().entrySize() == Long.BYTES
        ? LittleEndian.i64(entry, at)
        : LittleEndian.u32(entry, at);
  }

  private OptionalLong database() throws IOException {
    OptionalLong address = machine.kernelMemory().pointer("MmPfnDatabase");
    return address.isPresent() && machine.kernelSpace().isKernel(address.getAsLong())
        ? address
        : OptionalLong.empty();
  }

  private boolean compare(PageFile file, PageFileCheck check, long pfn, long entry)
      throws IOException {
    if (PteDecoder.kindOf(entry, layout) != PteKind.PAGE_FILE) {
      return false;
    }
    if (!machine.memory().read(pfn << PhysicalMemory.PAGE_SHIFT, frame, 0, frame.length)) {
      return false;
    }
    // Whether the database keeps entries with or without the mask is not known for all builds.
    long[] forms = {entry, layout.unswizzle(entry)};
    BitField offset = layout.pageFileOffset();
    boolean named = false;
    for (long form : forms) {
      if (layout.pageFileNumber().of(form) == file.number()) {
        named = true;
        if (file.readPage(offset.of(form), slot, 0) && Arrays.equals(slot, frame)) {
          check.copy(offset.of(form), frame, 0);
          return true;
        }
      }
    }
    if (named) {
      check.copy(PteDecoder.pageFileOffset(entry, layout), frame, 0);
    }
    return named;
  }
}
