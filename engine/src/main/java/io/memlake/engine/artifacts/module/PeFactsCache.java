package io.memlake.engine.artifacts.module;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.PeFacts;
import io.memlake.engine.pe.PeImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tables of executables by the frame of their header: processes map the same frames, so a
 * library is read once and not once a process. A header that a process changed has a frame of its
 * own.
 */
public final class PeFactsCache {
  private static final int REMEMBERED = 4096;

  private final Map<Key, PeFacts> facts =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PeFacts> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Key(long frame, long base) {}

  /** The tables of {@code image}. */
  public PeFacts of(AddressSpace space, PeImage image) throws IOException {
    long frame = space.translate(image.base());
    if (frame == AddressSpace.ABSENT) {
      return PeFacts.of(space, image);
    }
    Key key = new Key(frame, image.base());
    PeFacts known = facts.get(key);
    if (known == null) {
      known = PeFacts.of(space, image);
      facts.put(key, known);
    }
    return known;
  }
}
