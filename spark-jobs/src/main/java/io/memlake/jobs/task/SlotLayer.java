package io.memlake.jobs.task;

import io.memlake.engine.artifacts.carve.CarveLayer;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.Mapping;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;

/**
 * The slots of one page file, as those see them who read what signatures lead to.
 *
 * @param memory its slots
 * @param layer which page file it is
 * @param owners who has which slot; null when the page tables could not be walked
 */
record SlotLayer(PhysicalMemory memory, PageLayer layer, ReverseMap owners) implements CarveLayer {
  @Override
  public String name() {
    return layer.name();
  }

  @Override
  public String path(long address) {
    return layer.pathOf(address);
  }

  @Override
  public boolean read(long address, byte[] target, int offset, int length) throws IOException {
    return memory.read(address, target, offset, length);
  }

  @Override
  public long kernelVirtualAddress(long page) {
    return owners == null ? AddressSpace.ABSENT : owners.kernelVirtualAddress(layer.number(), page);
  }

  @Override
  public Optional<Mapping> owner(long page) {
    return owners == null ? Optional.empty() : owners.firstPageFileMapping(layer.number(), page);
  }
}
