package io.memlake.engine.artifacts.carve;

import io.memlake.engine.objects.pool.ScannedLayer;
import io.memlake.engine.paging.Mapping;
import java.util.Optional;

/** Where candidates lie: RAM, a page file, or the compressed store. */
public interface CarveLayer extends ScannedLayer {
  /** Who maps a page, by the number of the page in this layer. */
  Optional<Mapping> owner(long page);
}
