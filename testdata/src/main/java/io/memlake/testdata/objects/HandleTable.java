package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.util.TreeMap;

/**
 * A {@code _HANDLE_TABLE}: one to three levels of pages, the lowest with 256 entries of 16 bytes,
 * the others with 512 pointers. A handle is four times the index of its entry; the first entry of
 * each lowest page is reserved.
 *
 * <p>Windows 7 keeps the object header's address and an unlocked bit. Later versions keep its bits
 * 4 to 47 in {@code ObjectPointerBits}.
 */
public final class HandleTable {

  private static final int PAGE = 0x1000;
  private static final int ENTRY_SIZE = 16;
  private static final int ENTRIES_PER_PAGE = PAGE / ENTRY_SIZE;
  private static final int POINTERS_PER_PAGE = PAGE / Long.BYTES;
  private static final int UNTOUCHED_REFERENCES = 0x7FFF;
  private static final int HANDLE_STEP = 4;

  private final Boot boot;
  private final TreeMap<Integer, long[]> entries = new TreeMap<>();
  private int nextIndex = 1;

  /** An empty table. */
  public HandleTable(Boot boot) {
    this.boot = boot;
  }

  /**
   * Adds an entry behind the last.
   *
   * @param pointer what the entry refers to: an object header
   * @return the handle
   */
  public long add(long pointer, long access) {
    if (nextIndex % ENTRIES_PER_PAGE == 0) {
      nextIndex++;
    }
    return put((long) nextIndex * HANDLE_STEP, pointer, access);
  }

  /** Adds the entry of a particular handle. */
  public long put(long handle, long pointer, long access) {
    int index = (int) (handle / HANDLE_STEP);
    entries.put(index, new long[] {pointer, access});
    nextIndex = Math.max(nextIndex, index + 1);
    return handle;
  }

  /** Leaves handles out, as closed ones are. */
  public void skip(int count) {
    nextIndex += count;
  }

  /** How many entries there are. */
  public int count() {
    return entries.size();
  }

  /**
   * Writes the table with as many levels as its highest handle needs, or more.
   *
   * @param process body of the process that it belongs to; 0 for none
   * @param minimumLevels at least this many levels: 1, 2 or 3
   * @return address of the table
   */
  public long write(long process, long pid, int minimumLevels) {
    StructLayout layout = boot.struct("_HANDLE_TABLE");
    int highest = entries.isEmpty() ? 0 : entries.lastKey();
    int needed =
        highest < ENTRIES_PER_PAGE ? 1 : highest < ENTRIES_PER_PAGE * POINTERS_PER_PAGE ? 2 : 3;
    int levels = Math.max(needed, minimumLevels);
    long top = page(levels, 0, highest / ENTRIES_PER_PAGE);
    long address = boot.pool().allocate(PoolKind.PAGED, "Obtb", layout.size());
    Struct table = new Struct(boot.space(), address, layout);
    table
        .set("TableCode", top | levels - 1)
        .set("QuotaProcess", process)
        .set("UniqueProcessId", pid)
        .set("NextHandleNeedingPool", (highest / ENTRIES_PER_PAGE + 1L) * PAGE / HANDLE_STEP)
        .setEmptyList("HandleTableList");
    if (layout.has("HandleCount")) {
      table.set("HandleCount", entries.size());
    } else {
      StructLayout free = boot.struct("_HANDLE_TABLE_FREE_LIST");
      boot.space()
          .writeInt(table.addressOf("FreeLists") + free.offset("HandleCount"), entries.size());
    }
    return address;
  }

  /** Writes a page of some level and those below it; {@code first} counts lowest pages. */
  private long page(int level, int first, int last) {
    long address = boot.pool().allocatePages(PoolKind.PAGED, PAGE);
    AddressSpace space = boot.space();
    if (level == 1) {
      entries
          .subMap(first * ENTRIES_PER_PAGE, (first + 1) * ENTRIES_PER_PAGE)
          .forEach(
              (index, entry) ->
                  writeEntry(
                      address + (long) index % ENTRIES_PER_PAGE * ENTRY_SIZE, entry[0], entry[1]));
      return address;
    }
    int below = level == 2 ? 1 : POINTERS_PER_PAGE;
    for (int i = 0; i < POINTERS_PER_PAGE && first + i * below <= last; i++) {
      space.writeLong(address + (long) i * Long.BYTES, page(level - 1, first + i * below, last));
    }
    return address;
  }

  private void writeEntry(long address, long pointer, long access) {
    StructLayout layout = boot.struct("_HANDLE_TABLE_ENTRY");
    Struct entry = new Struct(boot.space(), address, layout);
    if (layout.has("ObjectPointerBits")) {
      entry
          .set("ObjectPointerBits", pointer >>> 4)
          .set("Unlocked", 1)
          .set("RefCnt", UNTOUCHED_REFERENCES)
          .set("GrantedAccessBits", access);
    } else {
      entry.set("Object", pointer | 1).set("GrantedAccess", access);
    }
  }
}
