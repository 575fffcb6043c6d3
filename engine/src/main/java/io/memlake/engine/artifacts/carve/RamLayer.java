package io.memlake.engine.artifacts.carve;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.Mapping;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.schemas.evidence.ForensicPath;
import java.io.IOException;
import java.util.Optional;

/**
 * The frames of a machine.
 *
 * @param memory the frames
 * @param owners who maps them; null when the page tables could not be walked
 */
public record RamLayer(PhysicalMemory memory, ReverseMap owners) implements CarveLayer {
  @Override
  public String name() {
    return "physical";
  }

  @Override
  public String path(long address) {
    return ForensicPath.physical(address);
  }

  @Override
  public boolean read(long address, byte[] target, int offset, int length) throws IOException {
    return memory.read(address, target, offset, length);
  }

  @Override
  public long kernelVirtualAddress(long page) {
    return owners == null ? AddressSpace.ABSENT : owners.kernelVirtualAddress(page);
  }

  @Override
  public Optional<Mapping> owner(long page) {
    return owners == null ? Optional.empty() : owners.firstMapping(page);
  }
}
