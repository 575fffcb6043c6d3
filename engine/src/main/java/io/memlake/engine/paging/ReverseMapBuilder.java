package io.memlake.engine.paging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Collects mappings and makes a {@link ReverseMap} of them. A task builds the part of its address
 * spaces; the driver adds the parts together.
 */
public final class ReverseMapBuilder {
  /** Pages of one address space: 64 GiB of mapped memory. What is above is left out and counted. */
  public static final int MAX_PAGES_OF_OWNER = 1 << 24;

  /** Pages of one host, 2 GiB of arrays. Above it, the spaces with the most pages are left out. */
  public static final int MAX_PAGES = 1 << 27;

  private static final int INITIAL = 1 << 10;

  private final List<MappingOwner> owners = new ArrayList<>();
  private final Map<MappingOwner, Integer> numbers = new HashMap<>();
  private final MappingTable frames = new MappingTable(INITIAL);
  private final MappingTable slots = new MappingTable(INITIAL);
  private final MappingTable tables = new MappingTable(INITIAL);
  private final int maxPagesOfOwner;
  private final int maxPages;
  private long dropped;

  /** An empty builder. */
  public ReverseMapBuilder() {
    this(MAX_PAGES_OF_OWNER, MAX_PAGES);
  }

  ReverseMapBuilder(int maxPagesOfOwner, int maxPages) {
    this.maxPagesOfOwner = maxPagesOfOwner;
    this.maxPages = maxPages;
  }

  /** Receives what {@link PageTableWalker} tells of the tables of {@code owner}. */
  public MappingVisitor visitor(MappingOwner owner) {
    return new Collector(number(owner));
  }

  /**
   * Adds all mappings of finished maps. Spaces that would exceed {@link #MAX_PAGES} are left out
   * before anything is copied.
   */
  public ReverseMapBuilder addAll(Collection<ReverseMap> parts) {
    for (ReverseMap part : parts) {
      part.owners().forEach(this::number);
    }
    long[] pages = ownPages();
    for (ReverseMap part : parts) {
      int[] ours = numbersOf(part);
      count(part.frames(), ours, pages);
      count(part.slots(), ours, pages);
    }
    boolean[] kept = withoutLargest(pages);
    reserve(frames, parts, ReverseMap::frames, kept);
    reserve(slots, parts, ReverseMap::slots, kept);
    reserve(tables, parts, ReverseMap::tables, kept);
    for (ReverseMap part : parts) {
      int[] ours = numbersOf(part);
      dropped += append(part.frames(), frames, ours, kept);
      dropped += append(part.slots(), slots, ours, kept);
      append(part.tables(), tables, ours, kept);
      dropped += part.dropped();
    }
    return this;
  }

  /** The map of everything added; the builder is not used afterwards. */
  public ReverseMap build() {
    boolean[] kept = withoutLargest(ownPages());
    dropped += frames.keepOwners(kept) + slots.keepOwners(kept);
    List<MappingOwner> sorted = owners.stream().sorted().toList();
    int[] renumbered = new int[owners.size()];
    for (int i = 0; i < sorted.size(); i++) {
      renumbered[numbers.get(sorted.get(i))] = i;
    }
    for (MappingTable table : List.of(frames, slots, tables)) {
      table.renumber(renumbered);
      table.seal();
    }
    return new ReverseMap(sorted, frames, slots, tables, dropped);
  }

  private int number(MappingOwner owner) {
    Integer known = numbers.get(owner);
    if (known != null) {
      return known;
    }
    if (owners.size() >= MappingTable.MAX_OWNERS) {
      throw new IllegalArgumentException(
          "A host has at most " + MappingTable.MAX_OWNERS + " address spaces");
    }
    numbers.put(owner, owners.size());
    owners.add(owner);
    return owners.size() - 1;
  }

  private int[] numbersOf(ReverseMap part) {
    return part.owners().stream().mapToInt(this::number).toArray();
  }

  private long[] ownPages() {
    int[] ours = IntStream.range(0, owners.size()).toArray();
    long[] pages = new long[owners.size()];
    count(frames, ours, pages);
    count(slots, ours, pages);
    return pages;
  }

  private static void count(MappingTable table, int[] ours, long[] pages) {
    for (int i = 0; i < table.size(); i++) {
      pages[ours[table.owner(i)]]++;
    }
  }

  /**
   * Which owners stay. A space that maps far more than the others is one whose tables are smeared.
   * The choice rests on sums, so the order of parts does not matter.
   */
  private boolean[] withoutLargest(long[] pages) {
    boolean[] kept = new boolean[pages.length];
    Arrays.fill(kept, true);
    long total = Arrays.stream(pages).sum();
    if (total <= maxPages) {
      return kept;
    }
    List<Integer> largestFirst =
        IntStream.range(0, pages.length)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> -pages[i]).thenComparing(owners::get))
            .toList();
    for (int i = 0; total > maxPages; i++) {
      int owner = largestFirst.get(i);
      kept[owner] = false;
      total -= pages[owner];
    }
    return kept;
  }

  private void reserve(
      MappingTable to,
      Collection<ReverseMap> parts,
      Function<ReverseMap, MappingTable> from,
      boolean[] kept) {
    int more = 0;
    for (ReverseMap part : parts) {
      int[] ours = numbersOf(part);
      MappingTable table = from.apply(part);
      for (int i = 0; i < table.size(); i++) {
        more += kept[ours[table.owner(i)]] ? 1 : 0;
      }
    }
    to.reserve(more);
  }

  /** Returns how many were not kept. */
  private static long append(MappingTable from, MappingTable to, int[] ours, boolean[] kept) {
    long left = 0;
    for (int i = 0; i < from.size(); i++) {
      int owner = ours[from.owner(i)];
      if (kept[owner]) {
        to.add(from.place(i), owner, from.flags(i), from.address(i));
      } else {
        left++;
      }
    }
    return left;
  }

  private final class Collector implements MappingVisitor {
    private final int owner;
    private long pages;

    Collector(int owner) {
      this.owner = owner;
    }

    @Override
    public void frames(long virtualAddress, long firstPfn, long count, int flags) {
      if ((flags & MappingFlags.NOT_IN_EVIDENCE) != 0) {
        return;
      }
      long possible = Math.min(count, Math.max(0, MappingTable.MAX_PLACE - firstPfn));
      long taken = take(possible);
      for (long i = 0; i < taken; i++) {
        frames.add(firstPfn + i, owner, flags, virtualAddress + (i << 12));
      }
      dropped += count - taken;
    }

    @Override
    public void pageFile(long virtualAddress, int number, long firstPage, long count, int flags) {
      long taken = take(count);
      for (long i = 0; i < taken; i++) {
        slots.add(SlotPlace.of(number, firstPage + i), owner, flags, virtualAddress + (i << 12));
      }
      dropped += count - taken;
    }

    @Override
    public void table(long virtualAddress, long pfn, int level) {
      if (pfn < MappingTable.MAX_PLACE) {
        tables.add(pfn, owner, level, virtualAddress);
      }
    }

    private long take(long wanted) {
      long taken = Math.min(wanted, maxPagesOfOwner - pages);
      pages += taken;
      return taken;
    }
  }
}
