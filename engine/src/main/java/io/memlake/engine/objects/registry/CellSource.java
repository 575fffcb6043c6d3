package io.memlake.engine.objects.registry;

import java.io.IOException;

/**
 * The two storages of a hive, addressed by cell index.
 *
 * <p>A cell index counts bytes from the first bin of a storage; bit 31 selects the volatile
 * storage, which exists in memory only. An implementation translates one 4 KiB block at a time,
 * because neighbouring blocks of a hive in memory need not be neighbours there. One instance
 * belongs to one thread.
 */
public interface CellSource {
  /** Bit of a cell index that selects the volatile storage. */
  int VOLATILE = 0x8000_0000;

  /** The cell index that stands for no cell ({@code HCELL_NIL}). */
  int NO_CELL = -1;

  /** Bytes of a block: what is present or absent as a whole. */
  int BLOCK = 4096;

  /** What gaps and errors call this hive. */
  String name();

  /** Bytes of a storage, at most 2 GiB; 0 when there is none. Reads beyond it give nothing. */
  long length(boolean volatileStorage);

  /**
   * Reads {@code length} bytes from a position in a storage, all or nothing.
   *
   * @param position a cell index, or a cell index plus bytes behind it
   * @return false when any of the bytes is absent; {@code target} is then undefined in range
   * @throws IOException when the medium fails
   */
  boolean read(int position, byte[] target, int offset, int length) throws IOException;

  /** Whether the index leads into the volatile storage. */
  static boolean isVolatile(int index) {
    return index < 0;
  }

  /** Bytes from the start of the storage that the index selects. */
  static long offset(int index) {
    return index & Integer.MAX_VALUE;
  }
}
