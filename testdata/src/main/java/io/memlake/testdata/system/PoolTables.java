package io.memlake.testdata.system;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.objects.PoolKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The table of big pool pages and the ring of unloaded drivers. */
final class PoolTables {

  private static final int FIRST_BUILD_WITH_NX_POOL = 9200;
  private static final int PAGE = 0x1000;
  private static final int SLOTS = 512;
  private static final int RING = 50;
  private static final int RECORD = 0x28;
  private static final long MINUTE = 600_000_000L;

  private final Map<Long, Integer> inUse = new TreeMap<>();
  private final Host host;
  private final AddressSpace space;

  PoolTables(Host host) {
    this.host = host;
    this.space = host.boot().space();
  }

  /** Writes the table; returns the bytes of each allocation in use by its address. */
  Map<Long, Integer> writeBigPages() {
    int size = host.facts().struct("_POOL_TRACKER_BIG_PAGES").size();
    long table = host.boot().pool().allocatePages(PoolKind.NONPAGED, SLOTS * size);
    space.writeLong(host.address("PoolBigPageTable"), table);
    space.writeLong(host.address("PoolBigPageTableSize"), SLOTS);
    bigPage(table, size, 3, "CM31", 1, 0x4000, false);
    int nonPaged = host.boot().build() < FIRST_BUILD_WITH_NX_POOL ? 0 : 0x200;
    bigPage(table, size, 77, "Mm  ", nonPaged, 0x3000, false);
    bigPage(table, size, 78, "smNp", 1, 0x1000, false);
    bigPage(table, size, 400, "NtFf", 0, 0x12000, true);
    return inUse;
  }

  private void bigPage(
      long table, int size, int slot, String tag, int type, int bytes, boolean free) {
    long pages = host.boot().pool().allocatePages(PoolKind.PAGED, bytes);
    byte[] characters = tag.getBytes(StandardCharsets.ISO_8859_1);
    long key = 0;
    for (int i = 3; i >= 0; i--) {
      key = key << 8 | characters[i];
    }
    host.view("_POOL_TRACKER_BIG_PAGES", table + (long) slot * size)
        .set("Va", free ? pages | 1 : pages)
        .set("Key", key)
        .set("PoolType", type)
        .set("NumberOfBytes", bytes);
    if (!free) {
      inUse.put(pages, bytes);
      space.writeAscii(pages, tag + " begins");
      if (bytes > PAGE) {
        space.writeAscii(pages + PAGE - tag.length(), tag + " crosses pages");
      }
    }
  }

  void writeUnloadedDrivers() {
    long ring = host.boot().pool().allocate(PoolKind.NONPAGED, "MmDT", RING * RECORD);
    space.writeLong(host.address("MmUnloadedDrivers"), ring);
    String[] names = {"dump_storport.sys", "hwpolicy.sys", "mimidrv.sys"};
    for (int i = 0; i < names.length; i++) {
      long at = ring + (long) i * RECORD;
      long start = host.boot().regions().driverBase() + 0x8000000L + i * 0x100000L;
      long text = host.boot().pool().text("MmUn", names[i]);
      space.writeNumber(at, Short.BYTES, names[i].length() * 2L);
      space.writeNumber(at + 2, Short.BYTES, names[i].length() * 2L);
      space.writeLong(at + 8, text);
      space.writeLong(at + 0x10, start);
      space.writeLong(at + 0x18, start + 0x9000 + i * 0x1000L);
      space.writeLong(at + 0x20, host.boot().bootTime() + (i + 1) * MINUTE);
    }
    space.writeLong(host.address("MmLastUnloadedDriver"), names.length);
  }
}
