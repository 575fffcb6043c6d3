package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what the cache manager keeps of a file. Up to four views their blocks hang in the map
 * itself, up to 32 MiB in one array, and for larger files in a tree of arrays with 128 places each,
 * whose upper levels have no array where no view is below.
 */
final class CacheMapWriter {
  private static final int PAGE = 0x1000;
  private static final int VIEW = 256 << 10;
  private static final int PLACES = 128;
  private static final int OWN_PLACES = 4;

  private final Boot boot;
  private final AddressSpace space;

  CacheMapWriter(Boot boot) {
    this.boot = boot;
    this.space = boot.space();
  }

  /** Writes the map and returns its address. */
  long write(long size, Map<Long, byte[]> views) {
    StructLayout layout = boot.struct("_SHARED_CACHE_MAP");
    long address = boot.pool().allocate(PoolKind.NONPAGED, "CcSc", layout.size());
    long sectionSize = (size + VIEW - 1) / VIEW * VIEW;
    Struct map = new Struct(space, address, layout);
    map.set("FileSize", size).set("SectionSize", sectionSize);
    Map<Long, Long> blocks = new TreeMap<>();
    views.forEach((at, content) -> blocks.put(at / VIEW, view(address, content)));
    long count = sectionSize / VIEW;
    if (count <= OWN_PLACES) {
      long array = map.addressOf("InitialVacbs");
      map.set("Vacbs", array);
      blocks.forEach((index, block) -> space.writeLong(array + index * Long.BYTES, block));
      return address;
    }
    long places = PLACES;
    while (places < count) {
      places *= PLACES;
    }
    map.set("Vacbs", node(blocks, 0, places));
    return address;
  }

  /** The array over {@code places} views from {@code first} on; 0 when none of them is there. */
  private long node(Map<Long, Long> blocks, long first, long places) {
    boolean used =
        blocks.keySet().stream().anyMatch(index -> index >= first && index < first + places);
    if (!used) {
      return 0;
    }
    long array = boot.pool().allocate(PoolKind.NONPAGED, "CcVp", PLACES * Long.BYTES);
    long below = places / PLACES;
    for (int place = 0; place < PLACES; place++) {
      long index = first + place * below;
      long target = below == 1 ? blocks.getOrDefault(index, 0L) : node(blocks, index, below);
      space.writeLong(array + (long) place * Long.BYTES, target);
    }
    return array;
  }

  private long view(long map, byte[] content) {
    long base = boot.systemPtes().reserve(VIEW / PAGE);
    space.mapRange(base, content.length, Access.KERNEL_READ_WRITE);
    space.write(base, content);
    StructLayout layout = boot.struct("_VACB");
    long block = boot.pool().allocate(PoolKind.NONPAGED, "CcVa", layout.size());
    new Struct(space, block, layout).set("BaseAddress", base).set("SharedCacheMap", map);
    return block;
  }
}
