package io.memlake.engine.paging;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;

/**
 * An address space behind page tables.
 *
 * <p>Prototype entries are read through this space's own kernel half; a page whose prototype entry
 * is valid or in transition therefore has a frame here. Demand-zero pages read as zeros, which is
 * what the program would see.
 */
public final class PagedAddressSpace implements AddressSpace {
  /** Translations that are remembered: 2048 pages are 8 MiB of hot memory and 32 KiB of tags. */
  private static final int HOT_PAGES = 2048;

  private static final int HOT_MASK = HOT_PAGES - 1;

  /** No page has this number: page numbers have at most 52 bits. */
  private static final long VACANT = -1;

  /** A prototype entry is never reached through another prototype entry on a sound system. */
  private static final int MAX_INDIRECTIONS = 4;

  private static final int PAGE_MASK = PhysicalMemory.PAGE_SIZE - 1;

  private final PhysicalMemory memory;
  private final PagingMode mode;
  private final long dtb;
  private final PteLayout layout;
  private final PagedOutPages pagedOut;
  private final PageTableWalk walk;
  private final PagedOutCache pagedOutCache = new PagedOutCache();
  private final long[] hotPages = new long[HOT_PAGES];
  private final long[] hotFrames = new long[HOT_PAGES];
  private final byte[] prototypeEntry = new byte[Long.BYTES];
  private PagedAddressSpace kernel;
  private long kernelProbe;
  private AddressSpace kernelView;
  private int indirections;

  PagedAddressSpace(
      PhysicalMemory memory, PagingMode mode, long dtb, PteLayout layout, PagedOutPages pagedOut) {
    this.memory = memory;
    this.mode = mode;
    this.dtb = mode.dtb(dtb);
    this.layout = layout;
    this.pagedOut = pagedOut;
    this.walk = new PageTableWalk(this, memory, mode, this.dtb, layout, pagedOut);
    Arrays.fill(hotPages, VACANT);
  }

  @Override
  public long dtb() {
    return dtb;
  }

  @Override
  public int pointerSize() {
    return mode.pointerSize();
  }

  /**
   * Names the space of the kernel, for the case that this one does not map it.
   *
   * @param space the tables of System
   * @param probe a kernel address that every space but a second one maps
   */
  public void seeKernelThrough(PagedAddressSpace space, long probe) {
    kernel = space;
    kernelProbe = probe;
    kernelView = null;
  }

  @Override
  public AddressSpace kernelView() throws IOException {
    if (kernelView == null) {
      boolean second =
          kernel != null && translate(kernelProbe) == ABSENT && kernel.isMapped(kernelProbe);
      kernelView = second ? kernel : this;
    }
    return kernelView;
  }

  private boolean isMapped(long virtualAddress) throws IOException {
    return translate(virtualAddress) != ABSENT;
  }

  /** How the processor walks the tables of this space. */
  public PagingMode mode() {
    return mode;
  }

  /** Where Windows keeps its facts in entries that are not valid. */
  public PteLayout layout() {
    return layout;
  }

  /** The frames behind this space. */
  public PhysicalMemory memory() {
    return memory;
  }

  /** Where this space asks for pages that left RAM. */
  public PagedOutPages pagedOut() {
    return pagedOut;
  }

  @Override
  public long translate(long virtualAddress) throws IOException {
    long page = virtualAddress >>> PhysicalMemory.PAGE_SHIFT;
    int hot = (int) (page ^ (page >>> 11)) & HOT_MASK;
    if (hotPages[hot] == page) {
      return hotFrames[hot] | (virtualAddress & PAGE_MASK);
    }
    long physicalAddress = resolve(virtualAddress);
    if (physicalAddress != ABSENT) {
      hotFrames[hot] = physicalAddress & ~PAGE_MASK;
      hotPages[hot] = page;
    }
    return physicalAddress;
  }

  /**
   * The leaf entry of an address as it stands in the tables.
   *
   * @return the entry of the page or of the large page around it; 0 when no table covers the
   *     address or a table is not in the evidence
   */
  public long entryOf(long virtualAddress) throws IOException {
    long address = mode.normalize(virtualAddress);
    if (!mode.isCanonical(address)) {
      return 0;
    }
    int outcome = walk.find(address);
    return outcome == PageTableWalk.FRAME || outcome == PageTableWalk.ENTRY ? walk.entry() : 0;
  }

  /**
   * How many bytes from an address on lack a page table, so that their entries are all zero. Lets
   * walks over terabytes that were only set aside skip them.
   *
   * @return 0 when a table covers the address, and when a table is not in the evidence
   */
  public long uncovered(long virtualAddress) throws IOException {
    long address = mode.normalize(virtualAddress);
    if (!mode.isCanonical(address) || walk.find(address) != PageTableWalk.UNMAPPED) {
      return 0;
    }
    long span = 1L << walk.uncoveredShift();
    return span - (address & (span - 1));
  }

  /** What backs the page of an address, for reports; allocates. */
  public PteState explain(long virtualAddress) throws IOException {
    long address = mode.normalize(virtualAddress);
    if (!mode.isCanonical(address)) {
      return new PteState.NotCanonical();
    }
    return switch (walk.find(address)) {
      case PageTableWalk.FRAME -> {
        long pfn = walk.physicalAddress() >>> PhysicalMemory.PAGE_SHIFT;
        int shift = walk.pageShift();
        yield shift == PhysicalMemory.PAGE_SHIFT
            ? new PteState.Hardware(pfn)
            : new PteState.Large(pfn, shift);
      }
      case PageTableWalk.ENTRY -> explainEntry(walk.entry());
      case PageTableWalk.UNMAPPED -> new PteState.Unmapped();
      default -> new PteState.MissingTable();
    };
  }

  /** What an entry of an array of prototype entries says, for reports; allocates. */
  public PteState explainPrototype(long entry) {
    return state(entry, PteDecoder.kindOfPrototype(entry, layout));
  }

  private PteState explainEntry(long entry) throws IOException {
    PteKind kind = PteDecoder.kindOf(entry, layout);
    if (kind != PteKind.PROTOTYPE) {
      return state(entry, kind);
    }
    long at = PteDecoder.prototypeAddress(entry, layout);
    long prototype = readPrototype(at);
    // An entry of zero in an array means a page without contents yet, an unreadable array nothing.
    boolean read =
        prototype != 0 || kernelView().read(at, new byte[Long.BYTES], 0, mode.entrySize());
    return new PteState.Prototype(
        at, read ? explainPrototype(prototype) : new PteState.MissingTable());
  }

  private PteState state(long entry, PteKind kind) {
    return switch (kind) {
      case HARDWARE -> new PteState.Hardware(mode.frame(entry) >>> PhysicalMemory.PAGE_SHIFT);
      case TRANSITION -> new PteState.Transition(PteDecoder.transitionPfn(entry, layout));
      case VAD_LOOKUP -> new PteState.VadLookup();
      case PAGE_FILE ->
          new PteState.PageFile(
              PteDecoder.pageFileNumber(entry, layout), PteDecoder.pageFileOffset(entry, layout));
      case DEMAND_ZERO -> new PteState.DemandZero();
      case DECOMMITTED -> new PteState.Decommitted();
      case SUBSECTION -> new PteState.Subsection(PteDecoder.subsectionAddress(entry, layout));
      case FILE_BACKED -> new PteState.FileBacked(entry);
      case EMPTY -> new PteState.Unmapped();
      case PROTOTYPE, UNKNOWN -> new PteState.Unknown(entry);
    };
  }

  @Override
  public boolean read(long virtualAddress, byte[] target, int offset, int length)
      throws IOException {
    long at = virtualAddress;
    int to = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, PhysicalMemory.PAGE_SIZE - ((int) at & PAGE_MASK));
      if (!readInPage(at, target, to, count)) {
        return false;
      }
      at += count;
      to += count;
      left -= count;
    }
    return true;
  }

  @Override
  public int readSparse(
      long virtualAddress, byte[] target, int offset, int length, boolean[] present)
      throws IOException {
    long at = virtualAddress;
    int to = offset;
    int left = length;
    int pages = 0;
    for (int page = 0; left > 0; page++) {
      int count = Math.min(left, PhysicalMemory.PAGE_SIZE - ((int) at & PAGE_MASK));
      present[page] = readInPage(at, target, to, count);
      if (present[page]) {
        pages++;
      } else {
        Arrays.fill(target, to, to + count, (byte) 0);
      }
      at += count;
      to += count;
      left -= count;
    }
    return pages;
  }

  private boolean readInPage(long virtualAddress, byte[] target, int offset, int count)
      throws IOException {
    long physicalAddress = translate(virtualAddress);
    return physicalAddress == ABSENT
        ? readWithoutFrame(virtualAddress, target, offset, count)
        : memory.read(physicalAddress, target, offset, count);
  }

  private long resolve(long virtualAddress) throws IOException {
    long address = mode.normalize(virtualAddress);
    if (!mode.isCanonical(address)) {
      return ABSENT;
    }
    return switch (walk.find(address)) {
      case PageTableWalk.FRAME -> walk.physicalAddress();
      case PageTableWalk.ENTRY -> frameOf(walk.entry(), address & PAGE_MASK);
      default -> ABSENT;
    };
  }

  private long frameOf(long entry, long inPage) throws IOException {
    return switch (PteDecoder.kindOf(entry, layout)) {
      case TRANSITION -> transitionAddress(entry) | inPage;
      case PROTOTYPE -> {
        long prototype = readPrototype(PteDecoder.prototypeAddress(entry, layout));
        yield switch (PteDecoder.kindOfPrototype(prototype, layout)) {
          case HARDWARE -> mode.frame(prototype) | inPage;
          case TRANSITION -> transitionAddress(prototype) | inPage;
          default -> ABSENT;
        };
      }
      default -> ABSENT;
    };
  }

  private long transitionAddress(long entry) {
    return PteDecoder.transitionPfn(entry, layout) << PhysicalMemory.PAGE_SHIFT;
  }

  /** The prototype entry at a kernel address; 0, which means nothing, when it cannot be read. */
  long readPrototype(long virtualAddress) throws IOException {
    if (indirections >= MAX_INDIRECTIONS) {
      return 0;
    }
    indirections++;
    try {
      if (!kernelView().read(virtualAddress, prototypeEntry, 0, mode.entrySize())) {
        return 0;
      }
    } finally {
      indirections--;
    }
    return mode.entrySize() == Long.BYTES
        ? LittleEndian.i64(prototypeEntry, 0)
        : LittleEndian.u32(prototypeEntry, 0);
  }

  private boolean readWithoutFrame(long virtualAddress, byte[] target, int offset, int count)
      throws IOException {
    long address = mode.normalize(virtualAddress);
    if (!mode.isCanonical(address)) {
      return false;
    }
    int outcome = walk.find(address);
    long entry = outcome == PageTableWalk.ENTRY ? walk.entry() : 0;
    if (outcome == PageTableWalk.FRAME || outcome == PageTableWalk.MISSING) {
      // What a lost table said is unknown: an address descriptor must not invent zeros for it.
      return false;
    }
    PteKind kind = PteDecoder.kindOf(entry, layout);
    if (kind == PteKind.DEMAND_ZERO) {
      Arrays.fill(target, offset, offset + count, (byte) 0);
      return true;
    }
    // Address descriptors describe the user half: nobody knows more of an empty kernel entry.
    boolean nowhere =
        kind == PteKind.DECOMMITTED || (kind == PteKind.EMPTY && mode.isKernel(address));
    if (nowhere || pagedOut == PagedOutPages.NONE) {
      return false;
    }
    return readPagedOut(virtualAddress & -PhysicalMemory.PAGE_SIZE, entry)
        && pagedOutCache.copy(virtualAddress, target, offset, count);
  }

  private boolean readPagedOut(long pageAddress, long entry) throws IOException {
    if (pagedOutCache.holds(pageAddress)) {
      return true;
    }
    if (indirections >= MAX_INDIRECTIONS) {
      return false;
    }
    byte[] page = pagedOutCache.takeBuffer();
    indirections++;
    try {
      if (pagedOut.readPage(this, pageAddress, entry, page, 0)) {
        pagedOutCache.keep(pageAddress, page);
        return true;
      }
      pagedOutCache.giveBack(page);
      return false;
    } finally {
      indirections--;
    }
  }
}
