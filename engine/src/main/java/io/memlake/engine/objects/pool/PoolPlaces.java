package io.memlake.engine.objects.pool;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the allocations behind pool hits lie under the kernel's own addresses. */
public final class PoolPlaces {
  /** Bytes of the pool header of 64-bit kernels, whose allocations alone are asked for here. */
  private static final int HEADER_SIZE = 16;

  private PoolPlaces() {}

  /**
   * An allocation. Both addresses are 0 when nothing maps it.
   *
   * @param tag its tag, four Latin-1 characters
   * @param header virtual address of its {@code _POOL_HEADER}
   * @param data virtual address of its first byte
   * @param place where the scan found its header, a {@link ScannedPlace}
   */
  public record Place(String tag, long header, long data, long place) {}

  /**
   * The allocations with one of these tags that lie outside RAM and that nothing maps, by place.
   * They are copies of earlier moments.
   */
  public static List<Place> leftCopies(
      KernelAddresses addresses, Collection<PoolHit> hits, Set<String> tags) {
    Map<Integer, String> numbers = numbers(tags);
    List<Place> places = new ArrayList<>();
    for (PoolHit hit : hits) {
      String tag = numbers.get(hit.tag());
      if (tag != null
          && !ScannedPlace.isPhysical(hit.place())
          && addresses.kernelVirtualAddress(hit.place() >>> PhysicalMemory.PAGE_SHIFT)
              == AddressSpace.ABSENT) {
        places.add(new Place(tag, 0, 0, hit.place()));
      }
    }
    places.sort(Comparator.comparing(Place::place));
    return places;
  }

  private static Map<Integer, String> numbers(Set<String> tags) {
    Map<Integer, String> numbers = new HashMap<>();
    tags.forEach(text -> numbers.put(ObjectScan.tag(text), text));
    return numbers;
  }

  /** The mapped allocations with one of these tags, each once, by address. */
  public static List<Place> mapped(
      KernelAddresses addresses, Collection<PoolHit> hits, Set<String> tags) {
    Map<Integer, String> numbers = numbers(tags);
    List<Place> places = new ArrayList<>();
    for (PoolHit hit : hits) {
      String tag = numbers.get(hit.tag());
      if (tag == null) {
        continue;
      }
      long page = addresses.kernelVirtualAddress(hit.place() >>> PhysicalMemory.PAGE_SHIFT);
      if (page != AddressSpace.ABSENT) {
        long header = page + (hit.place() & (PhysicalMemory.PAGE_SIZE - 1));
        places.add(new Place(tag, header, header + HEADER_SIZE, hit.place()));
      }
    }
    places.sort(Comparator.comparing(Place::header, Long::compareUnsigned));
    return places;
  }
}
