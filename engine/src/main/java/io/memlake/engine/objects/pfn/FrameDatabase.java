package io.memlake.engine.objects.pfn;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code MmPfnDatabase}: an {@code _MMPFN} for every frame. {@code PteAddress} is where the page
 * tables, seen through their self-map, keep the entry of the frame; {@code u4.PteFrame} is the
 * frame of the table that holds it. Four steps lead from any page to its top table.
 *
 * <p>For 64-bit Windows with four levels. One instance belongs to one thread.
 */
public final class FrameDatabase {
  /** {@code PageLocation} of frames that a page may still be in: standby to transition. */
  private static final int STANDBY = 2;

  private static final int MODIFIED_NO_WRITE = 4;
  private static final int ACTIVE = 6;
  private static final int TRANSITION = 7;

  private static final int LEVELS = 4;
  private static final int INDEX_BITS = 9;
  private static final int SELF_INDEX_SHIFT = 39;
  private static final int INDEX_MASK = 511;
  private static final long LOCK_BITS = 7;

  /** Tables whose top table is remembered: 8 GiB of mapped pages. */
  private static final int REMEMBERED = 4096;

  private final AddressSpace space;
  private final Machine machine;
  private final long base;
  private final int size;
  private final int pteAddress;
  private final BitsField pteFrame;
  private final Optional<BitsField> prototype;
  private final BitsField location;
  private final byte[] entry;
  private final byte[] self = new byte[Long.BYTES];
  private final Map<Long, Long> roots =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  private FrameDatabase(Machine machine, long base, StructType type, BitsField frame) {
    this.machine = machine;
    this.space = machine.kernelSpace();
    this.base = base;
    this.size = type.size();
    this.pteAddress = type.offsetOf("PteAddress");
    this.pteFrame = frame;
    this.prototype = type.findBits("u4.PrototypePte");
    this.location = type.bits("u3.e1.PageLocation");
    this.entry = new byte[size];
  }

  /** The database; empty when the symbols or the image do not tell where or how it is. */
  public static Optional<FrameDatabase> of(Machine machine) throws IOException {
    Optional<StructType> type = machine.symbols().findStruct("_MMPFN");
    Optional<BitsField> frame = type.flatMap(found -> found.findBits("u4.PteFrame"));
    boolean known =
        machine.description().mode() == PagingMode.X64
            && frame.isPresent()
            && type.get().find("PteAddress").isPresent()
            && type.get().find("u3.e1.PageLocation").isPresent();
    if (!known) {
      return Optional.empty();
    }
    OptionalLong base = machine.kernelMemory().pointer("MmPfnDatabase");
    return base.isPresent() && machine.kernelSpace().isKernel(base.getAsLong())
        ? Optional.of(new FrameDatabase(machine, base.getAsLong(), type.get(), frame.get()))
        : Optional.empty();
  }

  /**
   * Who uses a frame.
   *
   * @return empty for free frames, for shared ones, whose entry is a prototype entry, and where the
   *     database is absent or leads nowhere
   */
  public Optional<FrameUse> use(long pfn) throws IOException {
    if (!read(pfn)) {
      return Optional.empty();
    }
    int list = (int) location.in(entry, 0);
    boolean used = (list >= STANDBY && list <= MODIFIED_NO_WRITE) || list == ACTIVE;
    boolean shared = prototype.isPresent() && prototype.get().in(entry, 0) != 0;
    long at = LittleEndian.i64(entry, pteAddress) & ~LOCK_BITS;
    long table = pteFrame.in(entry, 0);
    if ((!used && list != TRANSITION) || shared || !space.isKernel(at) || table == pfn) {
      return Optional.empty();
    }
    long root = root(table, (int) (at >>> SELF_INDEX_SHIFT) & INDEX_MASK);
    if (root == AddressSpace.ABSENT) {
      return Optional.empty();
    }
    long address = PagingMode.X64.canonical(at << INDEX_BITS);
    return Optional.of(new FrameUse(root << 12, address, list));
  }

  /** The top table above a table; {@link AddressSpace#ABSENT} when the way does not end in one. */
  private long root(long table, int selfIndex) throws IOException {
    Long known = roots.get(table);
    if (known != null) {
      return known;
    }
    long at = table;
    long found = AddressSpace.ABSENT;
    for (int level = 0; level < LEVELS && found == AddressSpace.ABSENT; level++) {
      if (!read(at)) {
        break;
      }
      long above = pteFrame.in(entry, 0);
      if (above == at) {
        found = mapsItself(at, selfIndex) ? at : AddressSpace.ABSENT;
        break;
      }
      at = above;
    }
    roots.put(table, found);
    return found;
  }

  private boolean mapsItself(long pfn, int index) throws IOException {
    return machine.memory().read((pfn << 12) + (long) index * Long.BYTES, self, 0, self.length)
        && PagingMode.X64.frame(LittleEndian.i64(self, 0)) == pfn << 12;
  }

  private boolean read(long pfn) throws IOException {
    return space.read(base + pfn * size, entry, 0, size);
  }
}
