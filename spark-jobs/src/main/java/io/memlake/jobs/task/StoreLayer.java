package io.memlake.jobs.task;

import io.memlake.engine.objects.pool.ScannedLayer;
import io.memlake.engine.objects.store.CompressedStore;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageStatus;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.schemas.evidence.ForensicPath;
import java.io.IOException;
import java.util.Map;

/**
 * Pages of the compressed store that pool headers were found in, each decoded when it is read. A
 * page has the number of its place in the walk over the store.
 */
final class StoreLayer implements ScannedLayer {
  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;

  private final CompressedStore store;
  private final StoreChoice choice;
  private final Map<Long, StoredPage> pages;
  private final ReverseMap owners;
  private final byte[] decoded = new byte[PAGE_SIZE];
  private long decodedPage = AddressSpace.ABSENT;

  /**
   * A layer of some pages.
   *
   * @param pages where they lie, by their places in the walk
   * @param owners the kernel's mappings
   */
  StoreLayer(
      CompressedStore store, StoreChoice choice, Map<Long, StoredPage> pages, ReverseMap owners) {
    this.store = store;
    this.choice = choice;
    this.pages = pages;
    this.owners = owners;
  }

  @Override
  public String name() {
    return "compressed";
  }

  /** A path names the page by its key, which is all that can be followed again. */
  @Override
  public String path(long address) {
    return ForensicPath.store(pages.get(address >>> PhysicalMemory.PAGE_SHIFT).key());
  }

  @Override
  public boolean read(long address, byte[] target, int offset, int length) throws IOException {
    long page = address >>> PhysicalMemory.PAGE_SHIFT;
    if (page != decodedPage) {
      StoredPage stored = pages.get(page);
      decodedPage = AddressSpace.ABSENT;
      if (stored == null || store.read(stored, decoded, 0) != StoredPageStatus.OK) {
        return false;
      }
      decodedPage = page;
    }
    System.arraycopy(decoded, (int) address & (PAGE_SIZE - 1), target, offset, length);
    return true;
  }

  @Override
  public long kernelVirtualAddress(long page) {
    StoredPage stored = pages.get(page);
    return stored == null
        ? AddressSpace.ABSENT
        : owners.kernelVirtualAddress(
            choice.fileOf(stored.key()), choice.layout().pageOf(stored.key()));
  }
}
