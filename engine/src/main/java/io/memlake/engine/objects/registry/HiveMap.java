package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;

/**
 * The storages of a mounted hive, through the map that the Configuration Manager keeps ({@code
 * _HMAP_DIRECTORY} of 1024 tables of 512 entries, one entry a block of 4 KiB).
 *
 * <p>Bits 21 to 30 of a cell index select the table, bits 12 to 20 the entry. A storage of one
 * table has no directory: its map points to the field that holds the table, which reads the same.
 * Tables are read when a cell in them is asked for, and kept.
 */
public final class HiveMap implements CellSource {
  private static final int STORAGES = 2;
  private static final int TABLE_SHIFT = 21;
  private static final int BLOCK_SHIFT = 12;
  private static final int FLAGS = 0xF;
  private static final int PAGE = 4096;

  private final String name;
  private final HiveLayout layout;
  private final HiveSpaces spaces;
  private final long[] lengths = new long[STORAGES];
  private final long[] directories = new long[STORAGES];
  private final long[][][] tables = new long[STORAGES][][];

  /**
   * The map of a hive.
   *
   * @param hive bytes of its {@code _CMHIVE}
   */
  HiveMap(String name, HiveLayout layout, HiveSpaces spaces, byte[] hive) {
    this.name = name;
    this.layout = layout;
    this.spaces = spaces;
    for (int i = 0; i < STORAGES; i++) {
      int at = layout.storage() + i * layout.storageSize();
      long length = LittleEndian.u32(hive, at + layout.length());
      directories[i] = LittleEndian.i64(hive, at + layout.map());
      // Bit 31 tells the storages apart, so none can be longer.
      boolean sane = length <= Integer.MAX_VALUE && HiveSpaces.isKernel(directories[i]);
      lengths[i] = sane ? length : 0;
      int count = (int) ((lengths[i] + (1L << TABLE_SHIFT) - 1) >>> TABLE_SHIFT);
      tables[i] = new long[count][];
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length(boolean volatileStorage) {
    return lengths[volatileStorage ? 1 : 0];
  }

  @Override
  public boolean read(int position, byte[] target, int offset, int length) throws IOException {
    long end = CellSource.offset(position) + length;
    if (end > length(CellSource.isVolatile(position))) {
      return false;
    }
    for (int done = 0; done < length; ) {
      int at = position + done;
      int part = Math.min(length - done, BLOCK - (int) (CellSource.offset(at) % BLOCK));
      long address = address(at);
      if (address == AddressSpace.ABSENT || !spaces.read(address, target, offset + done, part)) {
        return false;
      }
      done += part;
    }
    return true;
  }

  /**
   * The virtual address of a position, in the kernel's half or in the process Registry.
   *
   * @return {@link AddressSpace#ABSENT} when the map has no address for it, or is absent itself
   */
  public long address(int position) throws IOException {
    int storage = CellSource.isVolatile(position) ? 1 : 0;
    long offset = CellSource.offset(position);
    if (offset >= lengths[storage]) {
      return AddressSpace.ABSENT;
    }
    int table = (int) (offset >>> TABLE_SHIFT);
    if (tables[storage][table] == null) {
      tables[storage][table] = blocks(directories[storage] + (long) table * Long.BYTES);
    }
    int entry = (int) (offset >>> BLOCK_SHIFT) % HiveLayout.TABLE_ENTRIES;
    long block = tables[storage][table][entry];
    return block == AddressSpace.ABSENT ? block : block + offset % BLOCK;
  }

  /** The addresses of the blocks of a table. */
  private long[] blocks(long pointer) throws IOException {
    long[] blocks = new long[HiveLayout.TABLE_ENTRIES];
    java.util.Arrays.fill(blocks, AddressSpace.ABSENT);
    byte[] address = new byte[Long.BYTES];
    if (!spaces.kernel().read(pointer, address, 0, Long.BYTES)) {
      return blocks;
    }
    long table = LittleEndian.i64(address, 0);
    if (!HiveSpaces.isKernel(table)) {
      return blocks;
    }
    byte[] bytes = new byte[layout.entrySize() * HiveLayout.TABLE_ENTRIES];
    int inPage = (int) (table % PAGE + PAGE) % PAGE;
    boolean[] present = new boolean[(inPage + bytes.length + PAGE - 1) / PAGE];
    spaces.kernel().readSparse(table, bytes, 0, bytes.length, present);
    for (int i = 0; i < blocks.length; i++) {
      int at = i * layout.entrySize();
      int last = at + layout.entrySize() - 1;
      if (present[(inPage + at) / PAGE] && present[(inPage + last) / PAGE]) {
        blocks[i] = block(bytes, at);
      }
    }
    return blocks;
  }

  private long block(byte[] bytes, int at) {
    if (layout.blockAddress() >= 0) {
      long block = LittleEndian.i64(bytes, at + layout.blockAddress());
      return block == 0 ? AddressSpace.ABSENT : block;
    }
    long bin = LittleEndian.i64(bytes, at + layout.permanentBin()) & ~FLAGS;
    if (bin == 0 && layout.temporaryBin() >= 0) {
      bin = LittleEndian.i64(bytes, at + layout.temporaryBin()) & ~FLAGS;
    }
    long inBin = LittleEndian.i64(bytes, at + layout.blockOffset());
    boolean sane = bin != 0 && inBin >= 0 && inBin < HiveBin.MAX_SIZE;
    return sane ? bin + inBin : AddressSpace.ABSENT;
  }
}
