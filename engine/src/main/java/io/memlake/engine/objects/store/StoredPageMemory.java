package io.memlake.engine.objects.store;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Some pages of the compressed store as scanners see them: each stands at its place in the walk
 * over the store, as if that were its frame. Every page is decoded when it is read and kept
 * nowhere.
 */
public final class StoredPageMemory implements PhysicalMemory {
  private final CompressedStore store;
  private final long first;
  private final List<StoredPage> pages;
  private final StoredPageStatus[] statuses;
  private final byte[] page = new byte[PAGE_SIZE];

  /**
   * The pages in the order of the list.
   *
   * @param first place of the first page in the walk
   */
  public StoredPageMemory(CompressedStore store, long first, List<StoredPage> pages) {
    this.store = store;
    this.first = first;
    this.pages = List.copyOf(pages);
    this.statuses = new StoredPageStatus[pages.size()];
  }

  /** What became of a page of the list when it was last read; how far its way led before. */
  public StoredPageStatus status(int index) {
    return statuses[index] == null ? pages.get(index).status() : statuses[index];
  }

  @Override
  public String name() {
    return "compressed store";
  }

  @Override
  public List<PageRun> runs() {
    return pages.isEmpty()
        ? List.of()
        : List.of(new PageRun(first, pages.size(), PageState.PRESENT));
  }

  @Override
  public PageState stateOf(long pfn) {
    long index = pfn - first;
    boolean inside = index >= 0 && index < pages.size();
    boolean located = inside && pages.get((int) index).isLocated();
    return located ? PageState.PRESENT : PageState.NOT_DUMPED;
  }

  @Override
  public boolean read(long physicalAddress, byte[] target, int offset, int length)
      throws IOException {
    long index = (physicalAddress >>> PAGE_SHIFT) - first;
    if (index < 0 || index >= pages.size() || !decode((int) index, page, 0)) {
      return false;
    }
    System.arraycopy(page, (int) physicalAddress & (PAGE_SIZE - 1), target, offset, length);
    return true;
  }

  @Override
  public void readPages(long firstPfn, int count, byte[] target, int offset, boolean[] present)
      throws IOException {
    for (int i = 0; i < count; i++) {
      int at = offset + (i << PAGE_SHIFT);
      present[i] = decode((int) (firstPfn - first) + i, target, at);
      if (!present[i]) {
        Arrays.fill(target, at, at + PAGE_SIZE, (byte) 0);
      }
    }
  }

  private boolean decode(int index, byte[] target, int offset) throws IOException {
    statuses[index] = store.read(pages.get(index), target, offset);
    return statuses[index] == StoredPageStatus.OK;
  }

  /** Nothing to close: the machine that the store was opened on is closed by its owner. */
  @Override
  public void close() {}
}
