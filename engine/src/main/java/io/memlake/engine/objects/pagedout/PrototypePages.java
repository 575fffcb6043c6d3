package io.memlake.engine.objects.pagedout;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadTree;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteDecoder;
import io.memlake.engine.paging.PteKind;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.paging.pagefile.PagedOutEntries;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;

/**
 * Pages that only an address descriptor knows: entries that say so, and addresses without any
 * entry. A view has an array of prototype entries, which may say everything that entries say; a
 * private range that was committed as a whole is zeros where nobody has been yet.
 *
 * <p>A read that succeeds allocates nothing. One instance belongs to one thread.
 */
final class PrototypePages implements PagedOutPages {
  /** Result of {@link #prototypeOf} where there is no entry to be read. */
  static final long NO_ENTRY = 0;

  private final PteLayout layout;
  private final PhysicalMemory memory;
  private final VadTrees trees;
  private final SectionReader sections;
  private final byte[] entry = new byte[Long.BYTES];
  private PagedOutEntries slots;
  private long lastDtb;
  private VadNode lastNode;
  private long lastGap;
  private long lastGapEnd;

  PrototypePages(PteLayout layout, PhysicalMemory memory, VadTrees trees, SectionReader sections) {
    this.layout = layout;
    this.memory = memory;
    this.trees = trees;
    this.sections = sections;
  }

  /** Tells where prototype entries of pages in page files are read. */
  void readSlotsFrom(PagedOutEntries entries) {
    this.slots = entries;
  }

  @Override
  public boolean readPage(
      AddressSpace space, long virtualAddress, long pte, byte[] target, int offset)
      throws IOException {
    PteKind kind = PteDecoder.kindOf(pte, layout);
    boolean asked = kind == PteKind.EMPTY || kind == PteKind.VAD_LOOKUP;
    VadNode node = asked ? find(space, virtualAddress) : null;
    if (node == null) {
      return false;
    }
    if (!node.hasPrototypes()) {
      if (kind == PteKind.EMPTY && isZero(node)) {
        Arrays.fill(target, offset, offset + PhysicalMemory.PAGE_SIZE, (byte) 0);
        return true;
      }
      return false;
    }
    long at = sections.prototypeAddress(space.kernelView(), node, virtualAddress);
    return at != 0 && readEntry(space, at) && readPrototype(space, target, offset);
  }

  /** The descriptor of an address of the user half; null when there is none. */
  VadNode find(AddressSpace space, long virtualAddress) throws IOException {
    VadTree tree = tree(space, virtualAddress);
    if (tree == null) {
      return null;
    }
    // Pages are asked for one after the other, and a range, or what lies between two, has hundreds.
    boolean sameTree = lastDtb == space.dtb();
    if (sameTree && lastNode != null && lastNode.contains(virtualAddress)) {
      return lastNode;
    }
    if (sameTree && inLastGap(virtualAddress)) {
      return null;
    }
    VadNode node = tree.find(virtualAddress);
    lastDtb = space.dtb();
    lastNode = node;
    lastGap = node == null ? virtualAddress : 0;
    lastGapEnd = node == null ? tree.startBehind(virtualAddress) : 0;
    return node;
  }

  private boolean inLastGap(long virtualAddress) {
    return Long.compareUnsigned(virtualAddress, lastGap) >= 0
        && Long.compareUnsigned(virtualAddress, lastGapEnd) < 0;
  }

  /** Whether all descriptors of the space are known, so that one that is not there is none. */
  boolean isComplete(AddressSpace space, long virtualAddress) throws IOException {
    VadTree tree = tree(space, virtualAddress);
    return tree != null && tree.isComplete();
  }

  private VadTree tree(AddressSpace space, long virtualAddress) throws IOException {
    boolean user =
        space.pointerSize() == Long.BYTES ? virtualAddress >= 0 : virtualAddress < 0x8000_0000L;
    return user ? trees.of(space) : null;
  }

  /** Whether untouched pages of a private range are zeros: all of it was committed at once. */
  static boolean isZero(VadNode node) {
    return node.privateMemory() && node.memCommit();
  }

  /** Kernel address of the prototype entry of an address; {@link #NO_ENTRY} when it has none. */
  long prototypeOf(AddressSpace space, VadNode node, long virtualAddress) throws IOException {
    return sections.prototypeAddress(space.kernelView(), node, virtualAddress);
  }

  /** Reads the entry at a kernel address. */
  boolean readEntry(AddressSpace space, long at) throws IOException {
    return space.kernelView().read(at, entry, 0, entrySize(space));
  }

  /** The entry that {@link #readEntry} read last. */
  long entry(AddressSpace space) {
    return entrySize(space) == Long.BYTES ? LittleEndian.i64(entry, 0) : LittleEndian.u32(entry, 0);
  }

  private static int entrySize(AddressSpace space) {
    return space instanceof PagedAddressSpace paged ? paged.mode().entrySize() : Long.BYTES;
  }

  private boolean readPrototype(AddressSpace space, byte[] target, int offset) throws IOException {
    long prototype = entry(space);
    return switch (PteDecoder.kindOfPrototype(prototype, layout)) {
      case HARDWARE -> readFrame(frame(space, prototype), target, offset);
      case TRANSITION ->
          readFrame(
              PteDecoder.transitionPfn(prototype, layout) << PhysicalMemory.PAGE_SHIFT,
              target,
              offset);
      case PAGE_FILE -> slots.readSlot(prototype, target, offset);
      case DEMAND_ZERO -> {
        Arrays.fill(target, offset, offset + PhysicalMemory.PAGE_SIZE, (byte) 0);
        yield true;
      }
      default -> false;
    };
  }

  private static long frame(AddressSpace space, long prototype) {
    return space instanceof PagedAddressSpace paged
        ? paged.mode().frame(prototype)
        : prototype & 0x000F_FFFF_FFFF_F000L;
  }

  private boolean readFrame(long physicalAddress, byte[] target, int offset) throws IOException {
    return memory.read(physicalAddress, target, offset, PhysicalMemory.PAGE_SIZE);
  }
}
