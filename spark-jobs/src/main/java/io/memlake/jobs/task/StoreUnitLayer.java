package io.memlake.jobs.task;

import io.memlake.engine.artifacts.carve.CarveLayer;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageMemory;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.Mapping;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One unit of the compressed store, as those see it who read what signatures lead to. A path names
 * the page by its key, which is all that can be followed again.
 *
 * @param memory the decoded pages
 * @param first place of the first page in the walk over the store
 * @param pages the pages of the unit
 * @param choice how the store is read
 * @param owners who has which page; null when the page tables could not be walked
 */
record StoreUnitLayer(
    StoredPageMemory memory,
    long first,
    List<StoredPage> pages,
    StoreChoice choice,
    ReverseMap owners)
    implements CarveLayer {
  @Override
  public String name() {
    return "compressed";
  }

  @Override
  public String path(long address) {
    return "store:" + Hex.address(key(address >>> PhysicalMemory.PAGE_SHIFT));
  }

  @Override
  public boolean read(long address, byte[] target, int offset, int length) throws IOException {
    return memory.read(address, target, offset, length);
  }

  @Override
  public long kernelVirtualAddress(long page) {
    long key = key(page);
    return owners == null
        ? AddressSpace.ABSENT
        : owners.kernelVirtualAddress(choice.fileOf(key), choice.layout().pageOf(key));
  }

  @Override
  public Optional<Mapping> owner(long page) {
    long key = key(page);
    return owners == null
        ? Optional.empty()
        : owners.firstPageFileMapping(choice.fileOf(key), choice.layout().pageOf(key));
  }

  private long key(long page) {
    return pages.get((int) (page - first)).key();
  }
}
