package io.memlake.engine.image.extent;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Frames read through an {@link ExtentTable}. */
final class ExtentMemory implements PhysicalMemory {
  private final String name;
  private final ExtentTable table;
  private final ByteSource[] sources;

  /** The extent of the last read: walks and scans stay in one place for long. */
  private int lastExtent;

  ExtentMemory(String name, ExtentTable table, ByteSource[] sources) {
    this.name = name;
    this.table = table;
    this.sources = sources;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<PageRun> runs() {
    return table.runs();
  }

  @Override
  public PageState stateOf(long pfn) {
    int extent = find(pfn);
    return extent < 0 ? PageState.NOT_DUMPED : table.state(extent);
  }

  @Override
  public boolean read(long physicalAddress, byte[] target, int offset, int length)
      throws IOException {
    int inPage = (int) (physicalAddress & (PAGE_SIZE - 1));
    if (length < 0 || length > PAGE_SIZE - inPage) {
      throw new IllegalArgumentException("Read of " + length + " bytes leaves its frame");
    }
    long pfn = physicalAddress >>> PAGE_SHIFT;
    int extent = find(pfn);
    if (extent < 0) {
      return false;
    }
    if (table.location(extent) == ExtentTable.NOWHERE) {
      if (table.state(extent) == PageState.ZERO) {
        Arrays.fill(target, offset, offset + length, (byte) 0);
        return true;
      }
      return false;
    }
    if (table.fragment(extent) != ExtentTable.WHOLE) {
      return readFragment(extent, inPage, target, offset, length);
    }
    long position =
        table.location(extent) + ((pfn - table.firstPfn(extent)) << PAGE_SHIFT) + inPage;
    return readFully(table.source(extent), position, target, offset, length);
  }

  private int find(long pfn) {
    if (lastExtent < table.size()
        && pfn >= table.firstPfn(lastExtent)
        && pfn < table.endPfn(lastExtent)) {
      return lastExtent;
    }
    int extent = table.find(pfn);
    if (extent >= 0) {
      lastExtent = extent;
    }
    return extent;
  }

  /** The stored part of a frame; around it zeros. */
  private boolean readFragment(int extent, int inPage, byte[] target, int offset, int length)
      throws IOException {
    int start = ExtentTable.fragmentStart(table.fragment(extent));
    int end = start + ExtentTable.fragmentLength(table.fragment(extent));
    int from = Math.max(inPage, start);
    int to = Math.min(inPage + length, end);
    byte[] part = new byte[Math.max(0, to - from)];
    if (part.length > 0
        && !readFully(
            table.source(extent), table.location(extent) + (from - start), part, 0, part.length)) {
      return false;
    }
    Arrays.fill(target, offset, offset + length, (byte) 0);
    System.arraycopy(part, 0, target, offset + Math.max(0, from - inPage), part.length);
    return true;
  }

  /**
   * All or nothing, and {@code target} unchanged for nothing: a file that shrank since it was
   * indexed, or a chunk that cannot be decoded, is a frame without bytes.
   */
  private boolean readFully(int source, long position, byte[] target, int offset, int length)
      throws IOException {
    ByteSource bytes = sources[source];
    if (position > bytes.size() - length) {
      return false;
    }
    try {
      return bytes.read(position, target, offset, length) == length;
    } catch (CorruptImageException e) {
      return false;
    }
  }

  @Override
  public void readPages(long firstPfn, int count, byte[] target, int offset, boolean[] present)
      throws IOException {
    int done = 0;
    while (done < count) {
      long pfn = firstPfn + done;
      int extent = table.floor(pfn);
      int at = offset + (done << PAGE_SHIFT);
      if (extent >= 0 && pfn < table.endPfn(extent)) {
        int pages = (int) Math.min(count - done, table.endPfn(extent) - pfn);
        readExtent(extent, pfn, pages, target, at, present, done);
        done += pages;
      } else {
        long next = extent + 1 < table.size() ? table.firstPfn(extent + 1) : Long.MAX_VALUE;
        int pages = (int) Math.min(count - done, next - pfn);
        Arrays.fill(target, at, at + (pages << PAGE_SHIFT), (byte) 0);
        Arrays.fill(present, done, done + pages, false);
        done += pages;
      }
    }
  }

  private void readExtent(
      int extent, long pfn, int pages, byte[] target, int at, boolean[] present, int index)
      throws IOException {
    int length = pages << PAGE_SHIFT;
    boolean stored = table.location(extent) != ExtentTable.NOWHERE;
    if (stored && table.fragment(extent) == ExtentTable.WHOLE) {
      long position = table.location(extent) + ((pfn - table.firstPfn(extent)) << PAGE_SHIFT);
      if (readFully(table.source(extent), position, target, at, length)) {
        Arrays.fill(present, index, index + pages, true);
        return;
      }
    }
    if (!stored) {
      Arrays.fill(target, at, at + length, (byte) 0);
      Arrays.fill(present, index, index + pages, table.state(extent) == PageState.ZERO);
      return;
    }
    // Part of the range cannot be read: page by page, to keep what can.
    for (int i = 0; i < pages; i++) {
      int page = at + (i << PAGE_SHIFT);
      present[index + i] = read((pfn + i) << PAGE_SHIFT, target, page, PAGE_SIZE);
      if (!present[index + i]) {
        Arrays.fill(target, page, page + PAGE_SIZE, (byte) 0);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closeAll(sources);
  }

  /** Closes what was opened, all of it, and then reports the first failure. */
  static void closeAll(ByteSource[] sources) throws IOException {
    IOException failure = null;
    for (ByteSource source : sources) {
      try {
        if (source != null) {
          source.close();
        }
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
