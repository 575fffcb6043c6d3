package io.memlake.testdata.registry;

import io.memlake.testdata.kernel.SystemClock;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.PoolKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mounts hives as the Configuration Manager does: a CMHIVE in paged pool, its base block in a page
 * of its own, a map from blocks to addresses, and every bin in pages of its own. Stable bins lie in
 * the pool, or since Windows 10 1803 in views of the process Registry; volatile bins always lie in
 * the pool.
 */
public final class HiveMounts {

  private static final int BLOCK = HiveContent.BLOCK;
  private static final int TABLE_ENTRIES = 512;
  private static final int SIGNATURE = 0xBEE0BEE0;
  private static final long FIRST_VIEW = 0x1_5A40_0000L;
  private static final int NEW_ALLOCATION = 1;

  private final Boot boot;
  private final AddressSpace registry;
  private long nextView = FIRST_VIEW;

  /**
   * Mounts into a machine.
   *
   * @param registry space of the process Registry; null where bins lie in the pool
   */
  public HiveMounts(Boot boot, AddressSpace registry) {
    this.boot = boot;
    this.registry = registry;
  }

  /**
   * Mounts hives and links those of the list, in order. A machine without hives keeps the head of
   * the list as it was before the registry started.
   */
  public void mount(List<HiveSpec> hives) {
    if (hives.isEmpty()) {
      return;
    }
    StructLayout layout = boot.struct("_CMHIVE");
    List<Long> links = new ArrayList<>();
    for (HiveSpec hive : hives) {
      long address = mount(hive);
      if (hive.listed()) {
        links.add(address + layout.offset("HiveList"));
      }
    }
    LinkedLists.link(boot.space(), boot.kernel().address("CmpHiveListHead"), links);
  }

  private long mount(HiveSpec spec) {
    StructLayout layout = boot.struct("_CMHIVE");
    long address = boot.pool().allocate(PoolKind.PAGED, "CM10", layout.size());
    Struct hive = new Struct(boot.space(), address, layout);
    hive.setEmptyList("HiveList");
    text(hive, "HiveRootPath", spec.rootPath());
    text(hive, "FileUserName", spec.userName());
    text(hive, "FileFullPath", spec.fullPath());
    hive.set("LastWriteTime", SystemClock.fileTime(SystemClock.instant(boot.bootTime())));
    long base = boot.pool().allocatePages(PoolKind.PAGED, BLOCK);
    boot.space().write(base, spec.content().baseBlock());
    StructLayout header = boot.struct("_HHIVE");
    Struct view = new Struct(boot.space(), hive.addressOf("Hive"), header);
    view.set("Signature", SIGNATURE)
        .set("GetCellRoutine", boot.kernel().address("KiSystemStartup"))
        .set("BaseBlock", base)
        .set("Cluster", 1)
        .set("StorageTypeCount", 2)
        .set("Version", 5);
    int dual = boot.struct("_DUAL").size();
    for (int number = 0; number < 2; number++) {
      storage(spec, number, view.addressOf("Storage") + (long) number * dual);
    }
    return address;
  }

  private void text(Struct hive, String field, String text) {
    if (!text.isEmpty() && hive.layout().has(field)) {
      boot.pool().setText(hive, field, "CM13", text);
    }
  }

  private void storage(HiveSpec spec, int number, long address) {
    byte[] bytes = spec.content().storage(number);
    Struct dual = new Struct(boot.space(), address, boot.struct("_DUAL"));
    dual.set("Length", bytes.length);
    if (bytes.length == 0) {
      return;
    }
    int blocks = bytes.length / BLOCK;
    long[] entries = new long[(blocks + TABLE_ENTRIES - 1) / TABLE_ENTRIES];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = boot.pool().allocatePages(PoolKind.PAGED, boot.struct("_HMAP_TABLE").size());
    }
    if (entries.length == 1) {
      dual.set("SmallDir", entries[0]).set("Map", dual.addressOf("SmallDir"));
    } else {
      long directory =
          boot.pool().allocatePages(PoolKind.PAGED, boot.struct("_HMAP_DIRECTORY").size());
      for (int i = 0; i < entries.length; i++) {
        boot.space().writeLong(directory + (long) i * Long.BYTES, entries[i]);
      }
      dual.set("Map", directory);
    }
    for (int block = 0; block < blocks; ) {
      block += bin(spec, number, bytes, block, entries);
    }
  }

  /** Writes the bin that begins at a block and returns how many blocks it has. */
  private int bin(HiveSpec spec, int number, byte[] bytes, int first, long[] tables) {
    int blocks = binBlocks(bytes, first);
    boolean inView = number == 0 && registry != null;
    AddressSpace space = inView ? registry : boot.space();
    long bin;
    if (inView) {
      bin = nextView;
      nextView += (blocks + 1L + boot.random().nextInt(3)) * BLOCK;
    } else {
      bin = boot.pool().allocatePages(PoolKind.PAGED, blocks * BLOCK);
    }
    for (int i = 0; i < blocks; i++) {
      if (number == 0 && spec.absentBlocks().contains(first + i)) {
        continue;
      }
      long at = bin + (long) i * BLOCK;
      if (inView) {
        space.map(at, Access.USER_READ_WRITE);
      }
      int from = (first + i) * BLOCK;
      space.write(at, Arrays.copyOfRange(bytes, from, from + BLOCK));
      entry(tables, first + i, bin, i);
    }
    return blocks;
  }

  /** Blocks of the bin by its own header; one where a damaged file has none. */
  private static int binBlocks(byte[] bytes, int first) {
    int at = first * BLOCK;
    CellBytes head = new CellBytes(BLOCK).put(0, Arrays.copyOfRange(bytes, at, at + BLOCK));
    boolean headed = head.u32(0) == 0x6E696268 && head.u32(4) == at;
    int size = headed ? head.u32(8) : BLOCK;
    boolean sane = size > 0 && size % BLOCK == 0 && size <= bytes.length - at;
    return sane ? size / BLOCK : 1;
  }

  private void entry(long[] tables, int block, long bin, int inBin) {
    StructLayout layout = boot.struct("_HMAP_ENTRY");
    long address = tables[block / TABLE_ENTRIES] + (long) (block % TABLE_ENTRIES) * layout.size();
    Struct entry = new Struct(boot.space(), address, layout);
    int flags = inBin == 0 ? NEW_ALLOCATION : 0;
    if (layout.has("BlockAddress")) {
      entry.set("BlockAddress", bin + (long) inBin * BLOCK).set("BinAddress", bin | flags);
    } else {
      entry.set("BlockOffset", (long) inBin * BLOCK).set("PermanentBinAddress", bin | flags);
    }
  }
}
