package io.memlake.engine.artifacts.carve;

import io.memlake.engine.paging.Mapping;
import java.io.IOException;
import java.util.Optional;

/** Where candidates lie: RAM, or a page file. */
public interface CarveLayer {
  /** As the column {@code layer} has it. */
  String name();

  /** Path that leads back to an address of this layer. */
  String path(long address);

  /** Reads bytes inside one page, all or nothing. */
  boolean read(long address, byte[] target, int offset, int length) throws IOException;

  /** Who maps a page, by the number of the page in this layer. */
  Optional<Mapping> owner(long page);
}
