package io.memlake.engine.paging;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which virtual pages have their contents in a frame, or in a slot of a page file or the compressed
 * store: the answer to "whose bytes are these" for every hit of a scan.
 *
 * <p>Built once a host by {@link ReverseMapBuilder}, immutable, 16 bytes a page in a few arrays. It
 * is serialized as differences, which takes about a third. Equal mappings give equal maps, whatever
 * the order in which their parts were made and merged.
 */
public final class ReverseMap implements Serializable {
  private static final long serialVersionUID = 1;

  private final MappingOwner[] owners;
  private final MappingTable frames;
  private final MappingTable slots;
  private final MappingTable tables;
  private final long dropped;

  ReverseMap(
      List<MappingOwner> owners,
      MappingTable frames,
      MappingTable slots,
      MappingTable tables,
      long dropped) {
    this.owners = owners.toArray(new MappingOwner[0]);
    this.frames = frames;
    this.slots = slots;
    this.tables = tables;
    this.dropped = dropped;
  }

  /** One map of all that {@code parts} hold; their order does not matter. */
  public static ReverseMap merge(Collection<ReverseMap> parts) {
    return new ReverseMapBuilder().addAll(parts).build();
  }

  /** The address spaces that have mappings here: processes by pid, the kernel last. */
  public List<MappingOwner> owners() {
    return List.of(owners);
  }

  /** Pages that have frames; a frame that several processes map counts for each. */
  public int frameMappings() {
    return frames.size();
  }

  /** Pages that are in page files or in the compressed store. */
  public int slotMappings() {
    return slots.size();
  }

  /** Pages that were left out because a space had too many: then it is smear, or a limit. */
  public long dropped() {
    return dropped;
  }

  /** Bytes that the arrays take. */
  public long memoryBytes() {
    return frames.bytes() + slots.bytes() + tables.bytes();
  }

  /** Tells every mapping of a frame. */
  public void forEachMapping(long pfn, MappingConsumer consumer) {
    forEach(frames, pfn, pfn + 1, 0, consumer);
  }

  /** Tells every mapping of the frames from {@code firstPfn} to before {@code endPfn}. */
  public void forEachMapping(long firstPfn, long endPfn, MappingConsumer consumer) {
    forEach(frames, firstPfn, endPfn, 0, consumer);
  }

  /** How many pages have their contents in a frame. */
  public int mappingCount(long pfn) {
    return frames.first(pfn + 1) - frames.first(pfn);
  }

  /** The mapping of a frame by the process with the lowest pid, else by the kernel. */
  public Optional<Mapping> firstMapping(long pfn) {
    return first(frames, pfn);
  }

  /**
   * Where the kernel's own tables map a frame.
   *
   * @return the lowest such address, or {@link AddressSpace#ABSENT}
   */
  public long kernelVirtualAddress(long pfn) {
    return kernelAddress(frames, pfn);
  }

  /**
   * Where the kernel's own tables say that a page of a page file belongs.
   *
   * @param number which page file, 0 to 15
   * @param page offset in pages
   * @return the lowest such address, or {@link AddressSpace#ABSENT}
   */
  public long kernelVirtualAddress(int number, long page) {
    return SlotPlace.isPlace(number, page)
        ? kernelAddress(slots, SlotPlace.of(number, page))
        : AddressSpace.ABSENT;
  }

  private long kernelAddress(MappingTable table, long place) {
    for (int i = table.first(place); table.isAt(i, place); i++) {
      if (owners[table.owner(i)].kernel()) {
        return table.address(i);
      }
    }
    return AddressSpace.ABSENT;
  }

  /**
   * Tells every page whose contents are in a page of a page file or of the compressed store.
   *
   * @param number which page file, 0 to 15
   * @param page offset in pages
   */
  public void forEachPageFileMapping(int number, long page, MappingConsumer consumer) {
    forEachPageFileMapping(number, page, page + 1, consumer);
  }

  /** The same for all pages from {@code firstPage} to before {@code endPage}. */
  public void forEachPageFileMapping(
      int number, long firstPage, long endPage, MappingConsumer consumer) {
    long end = Math.min(endPage, 1L << SlotPlace.PAGE_BITS);
    if (SlotPlace.isPlace(number, firstPage)) {
      long file = SlotPlace.of(number, 0);
      forEach(slots, file + firstPage, file + end, file, consumer);
    }
  }

  /**
   * How many mappings lead into page file {@code number} before {@code endPage}. Takes logarithmic
   * time.
   */
  public int slotMappings(int number, long endPage) {
    long end = Math.max(0, Math.min(endPage, 1L << SlotPlace.PAGE_BITS));
    long file = SlotPlace.of(number, 0);
    return slots.first(file + end) - slots.first(file);
  }

  /** The page in a page-file slot, of the process with the lowest pid. */
  public Optional<Mapping> firstPageFileMapping(int number, long page) {
    return SlotPlace.isPlace(number, page)
        ? first(slots, SlotPlace.of(number, page))
        : Optional.empty();
  }

  /** Whether a frame is a page table. */
  public boolean isPageTable(long pfn) {
    return tables.isAt(tables.first(pfn), pfn);
  }

  /**
   * Whose page table a frame is.
   *
   * @return the owner and the lowest address that the table covers; flags are its level, 0 for the
   *     root
   */
  public Optional<Mapping> pageTable(long pfn) {
    return first(tables, pfn);
  }

  /** Looks for mappings that contradict each other. */
  public FrameConflicts conflicts() {
    return new ConflictSearch(owners(), frames, slots, tables).find();
  }

  MappingTable frames() {
    return frames;
  }

  MappingTable slots() {
    return slots;
  }

  MappingTable tables() {
    return tables;
  }

  private Optional<Mapping> first(MappingTable table, long place) {
    int index = table.first(place);
    return table.isAt(index, place)
        ? Optional.of(
            new Mapping(owners[table.owner(index)], table.address(index), table.flags(index)))
        : Optional.empty();
  }

  private void forEach(
      MappingTable table, long first, long end, long origin, MappingConsumer consumer) {
    for (int i = table.first(first); i < table.size() && table.place(i) < end; i++) {
      consumer.accept(
          table.place(i) - origin, owners[table.owner(i)], table.address(i), table.flags(i));
    }
  }

  private Object writeReplace() {
    return new ReverseMapForm(this);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A reverse map travels as " + ReverseMapForm.class.getName());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReverseMap that
        && Arrays.equals(owners, that.owners)
        && frames.equals(that.frames)
        && slots.equals(that.slots)
        && tables.equals(that.tables)
        && dropped == that.dropped;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(owners) + frames.hashCode();
  }
}
