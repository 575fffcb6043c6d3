package io.memlake.engine.image.raw;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds top-level page tables of x64 Windows in a file and what each says about its own place.
 *
 * <p>Windows maps the page tables into themselves: one entry of the upper half of every PML4 holds
 * the physical address of that same PML4. A table that lies at another offset than that address
 * shows how much of the address space below it the file leaves out. The index of the entry is 0x1ED
 * up to Windows 10 1511 and random from 1607 on, but the same for all processes of one boot.
 */
final class SelfMapScan {

  /** Numbers by which two tables are compared. */
  private static final int SKETCH = 8;

  /** A table that may map itself. */
  static final class Table {
    private final long offset;
    private final int[] indexes;
    private final long[] missing;
    private final long[] sketch;

    private Table(long offset, int[] indexes, long[] missing, long[] sketch) {
      this.offset = offset;
      this.indexes = indexes;
      this.missing = missing;
      this.sketch = sketch;
    }

    /** Where the table is in the file. */
    long offset() {
      return offset;
    }

    /** Entries that may be the self map. */
    int[] indexes() {
      return indexes;
    }

    /**
     * Bytes of the address space that the file leaves out below the table, if the entry is its self
     * map; -1 when the entry cannot be.
     */
    long missing(int index) {
      int at = Arrays.binarySearch(indexes, index);
      return at < 0 ? -1 : missing[at];
    }

    /** What most often stands for the table in comparisons. */
    long mark() {
      return sketch[0];
    }

    /** Whether about half of the entries of the upper half are the same in both. */
    boolean resembles(Table other) {
      int same = 0;
      for (int i = 0; i < SKETCH; i++) {
        if (sketch[i] == other.sketch[i]) {
          same++;
        }
      }
      return 2 * same >= SKETCH;
    }
  }

  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
  private static final int BUFFER = 1 << 20;
  private static final int ENTRIES = 512;
  private static final int FIRST_UPPER = 256;

  /** Present, writable, accessed, dirty. */
  private static final long TABLE_FLAGS = 0x63;

  /** User, large page, and global or ignored bits that Windows leaves clear in a self-map entry. */
  private static final long NEVER_FLAGS = 0x9C;

  private static final long ADDRESS = 0x000F_FFFF_FFFF_F000L;

  /** Entries of the upper half in use: hardly fewer in a live system, never nearly all. */
  private static final int FEWEST_UPPER = 3;

  private static final int MOST_UPPER = 200;

  /** More tables than processes and stale pages can give; noise beyond is not needed. */
  private static final int MAX_TABLES = 1 << 16;

  /** Reads that may fail before the medium counts as gone. */
  private static final int MAX_FAILURES = 64;

  private final ByteSource file;
  private int failures;
  private final List<Table> tables = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private final int[] selfLike = new int[ENTRIES - FIRST_UPPER];

  SelfMapScan(ByteSource file) {
    this.file = file;
  }

  List<Table> tables() {
    return tables;
  }

  /** Looks through whole pages of a range of the file. */
  void scan(long from, long length) throws IOException {
    long end = Math.min(file.size(), from + length);
    for (long at = from; at < end; at += BUFFER) {
      int wanted = (int) Math.min(BUFFER, end - at);
      int count = readOrSkip(at, wanted);
      for (int page = 0; page + PAGE_SIZE <= count; page += PAGE_SIZE) {
        if (tables.size() < MAX_TABLES) {
          look(at + page, page);
        }
      }
      if (count < wanted) {
        return;
      }
    }
  }

  /** A part that a container cannot decode, or a bad spot of the medium, holds no tables. */
  private int readOrSkip(long at, int wanted) throws IOException {
    try {
      return file.read(at, buffer, 0, wanted);
    } catch (IOException e) {
      if (!(e instanceof CorruptImageException) && ++failures > MAX_FAILURES) {
        throw e;
      }
      Arrays.fill(buffer, 0, wanted, (byte) 0);
      return wanted;
    }
  }

  private void look(long offset, int page) {
    int upper = 0;
    int selfLikeCount = 0;
    for (int index = FIRST_UPPER; index < ENTRIES; index++) {
      long entry = LittleEndian.i64(buffer, page + 8 * index);
      if (entry == 0) {
        continue;
      }
      if ((entry & 1) == 0 || (entry & ADDRESS) >>> 12 >= PageRun.MAX_PFN || (entry & 0x80) != 0) {
        return; // a PML4 has no paged-out and no large entries in its upper half
      }
      upper++;
      if ((entry & TABLE_FLAGS) == TABLE_FLAGS
          && (entry & NEVER_FLAGS) == 0
          && (entry & ADDRESS) >= offset) {
        selfLike[selfLikeCount++] = index;
      }
    }
    if (upper < FEWEST_UPPER || upper > MOST_UPPER || selfLikeCount == 0) {
      return;
    }
    int[] indexes = Arrays.copyOf(selfLike, selfLikeCount);
    long[] missing = new long[selfLikeCount];
    for (int i = 0; i < selfLikeCount; i++) {
      missing[i] = (LittleEndian.i64(buffer, page + 8 * indexes[i]) & ADDRESS) - offset;
    }
    tables.add(new Table(offset, indexes, missing, sketch(page)));
  }

  /**
   * The smallest of several hashes over the entries: two tables agree in about as many of them as
   * they share entries. The kernel's half is the same in all processes but for a few entries.
   */
  private long[] sketch(int page) {
    long[] smallest = new long[SKETCH];
    Arrays.fill(smallest, Long.MAX_VALUE);
    for (int index = FIRST_UPPER; index < ENTRIES; index++) {
      long entry = LittleEndian.i64(buffer, page + 8 * index) & ADDRESS;
      if (entry == 0) {
        continue;
      }
      long hash = entry + index;
      for (int i = 0; i < SKETCH; i++) {
        hash = (hash ^ (hash >>> 31)) * 0x9E37_79B9_7F4A_7C15L + i;
        smallest[i] = Math.min(smallest[i], hash);
      }
    }
    return smallest;
  }
}
