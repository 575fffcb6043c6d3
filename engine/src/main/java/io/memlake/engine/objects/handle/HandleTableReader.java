package io.memlake.engine.objects.handle;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks a {@code _HANDLE_TABLE}: pages of entries under one or two levels of pages of pointers. The
 * low bits of {@code TableCode} say how many levels there are. A lost page costs the handles in it
 * and nothing else.
 */
public final class HandleTableReader {
  /** Pages of entries that a table can have: 2^24 handles in pages of 256. */
  static final int MAXIMUM_PAGES = 1 << 16;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int LEVEL_MASK = 3;
  private static final int CODE_FLAGS = 7;
  private static final int MAXIMUM_LEVEL = 2;
  private static final int HANDLE_STEP = 4;

  /** Words of a damaged table that are kept; the rest is counted. */
  private static final int MAXIMUM_PROBLEMS = 256;

  private final PointerField tableCode;
  private final HandleEntryLayout entries;

  private HandleTableReader(PointerField tableCode, HandleEntryLayout entries) {
    this.tableCode = tableCode;
    this.entries = entries;
  }

  /**
   * Resolves the layouts.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the table
   */
  public static HandleTableReader of(SymbolTable symbols) {
    return new HandleTableReader(
        symbols.struct("_HANDLE_TABLE").pointer("TableCode"), HandleEntryLayout.resolve(symbols));
  }

  /** Takes handles in rising order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * One handle.
     *
     * @throws IOException when it cannot be passed on
     */
    void accept(Handle handle) throws IOException;
  }

  /**
   * Walks a table.
   *
   * @param space any space with the kernel half
   * @param table kernel address of the {@code _HANDLE_TABLE}
   * @return what could not be read, in words
   * @throws IOException when the medium or the sink fails
   */
  public List<String> walk(AddressSpace space, long table, Sink sink) throws IOException {
    byte[] code = new byte[tableCode.size()];
    Walk walk = new Walk(space, sink);
    if (!space.read(table + tableCode.offset(), code, 0, code.length)) {
      walk.problem("the table at " + Hex.address(table) + " is not in the image");
      return walk.problems;
    }
    long value = code.length == Long.BYTES ? LittleEndian.i64(code, 0) : LittleEndian.u32(code, 0);
    int level = (int) value & LEVEL_MASK;
    long top = value & ~CODE_FLAGS;
    if (level > MAXIMUM_LEVEL || !space.isKernel(top)) {
      walk.problem("its code " + Hex.address(value) + " is none");
      return walk.problems;
    }
    walk.page(top, level, 0);
    if (walk.lost > 0) {
      walk.problems.add("and " + walk.lost + " further pages");
    }
    return walk.problems;
  }

  private final class Walk {
    private final AddressSpace space;
    private final Sink sink;
    private final Set<Long> seen = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final byte[][] pages = new byte[MAXIMUM_LEVEL + 1][];
    private int leaves;
    private long lost;

    Walk(AddressSpace space, Sink sink) {
      this.space = space;
      this.sink = sink;
    }

    void problem(String words) {
      if (problems.size() < MAXIMUM_PROBLEMS) {
        problems.add(words);
      } else {
        lost++;
      }
    }

    /** Walks a page; {@code first} is the index of its first entry, counted over the table. */
    void page(long at, int level, long first) throws IOException {
      if (!space.isKernel(at) || (at & (Long.BYTES - 1)) != 0) {
        problem("page " + Hex.address(at) + " is no address");
        return;
      }
      if (!seen.add(at)) {
        problem("page " + Hex.address(at) + " was met before");
        return;
      }
      if (level == 0) {
        leaf(at, first);
        return;
      }
      byte[] pointers = buffer(level);
      if (!space.read(at, pointers, 0, PAGE)) {
        problem("page " + Hex.address(at) + " is not in the image");
        return;
      }
      int count = PAGE / space.pointerSize();
      long step = level == 1 ? entriesInPage() : entriesInPage() * (long) count;
      for (int i = 0; i < count; i++) {
        long below = space.pointer(pointers, i * space.pointerSize());
        if (below != 0) {
          page(below, level - 1, first + i * step);
        }
      }
    }

    private void leaf(long at, long first) throws IOException {
      if (++leaves > MAXIMUM_PAGES) {
        problem("page " + Hex.address(at) + " is one too many");
        return;
      }
      byte[] page = buffer(0);
      if (!space.read(at, page, 0, PAGE)) {
        problem("page " + Hex.address(at) + " is not in the image");
        return;
      }
      // The first entry of each page belongs to the kernel's own bookkeeping.
      for (int i = 1; i < entriesInPage(); i++) {
        Handle handle = entries.handle(page, i * entries.size(), (first + i) * HANDLE_STEP);
        if (handle != null) {
          sink.accept(handle);
        }
      }
    }

    private byte[] buffer(int level) {
      if (pages[level] == null) {
        pages[level] = new byte[PAGE];
      }
      return pages[level];
    }
  }

  private int entriesInPage() {
    return PAGE / entries.size();
  }
}
