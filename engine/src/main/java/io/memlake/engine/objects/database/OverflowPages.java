package io.memlake.engine.objects.database;

import java.io.IOException;
import java.util.Optional;

/** Pages of the database that a leaf belongs to, where they can be found. */
public interface OverflowPages {
  /** Nothing is known but the leaf. */
  OverflowPages NONE = number -> Optional.empty();

  /**
   * A page by its number.
   *
   * @param number from 1 on
   * @return its bytes without those that are reserved at its end; empty when it is absent
   */
  Optional<byte[]> page(long number) throws IOException;
}
