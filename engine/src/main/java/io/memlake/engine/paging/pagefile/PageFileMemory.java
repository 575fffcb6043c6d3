package io.memlake.engine.paging.pagefile;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A page file as scanners see it: its slots stand where frames of RAM would. Slot 0 is the header
 * of the file and a page like any other.
 */
public final class PageFileMemory implements PhysicalMemory {
  private final ByteSource source;
  private final List<PageRun> runs;

  /** All whole pages of a file, which is closed with this memory. */
  public PageFileMemory(ByteSource source) {
    this.source = source;
    this.runs = runs(source.size());
  }

  /** The run of a file of {@code size} bytes. */
  public static List<PageRun> runs(long size) {
    long pages = size >>> PAGE_SHIFT;
    return pages == 0 ? List.of() : List.of(new PageRun(0, pages, PageState.PRESENT));
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public List<PageRun> runs() {
    return runs;
  }

  @Override
  public PageState stateOf(long pfn) {
    return pfn >= 0 && pfn < endPfn() ? PageState.PRESENT : PageState.NOT_DUMPED;
  }

  @Override
  public boolean read(long physicalAddress, byte[] target, int offset, int length)
      throws IOException {
    return physicalAddress >= 0 && source.read(physicalAddress, target, offset, length) == length;
  }

  @Override
  public void readPages(long firstPfn, int count, byte[] target, int offset, boolean[] present)
      throws IOException {
    int wanted = count << PAGE_SHIFT;
    int read = Math.max(0, source.read(firstPfn << PAGE_SHIFT, target, offset, wanted));
    int whole = read >>> PAGE_SHIFT;
    Arrays.fill(target, offset + (whole << PAGE_SHIFT), offset + wanted, (byte) 0);
    Arrays.fill(present, 0, whole, true);
    Arrays.fill(present, whole, count, false);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
