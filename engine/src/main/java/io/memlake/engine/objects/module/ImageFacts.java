package io.memlake.engine.objects.module;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.DebugRecord;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;

/**
 * What the mapped pages of a module say about it.
 *
 * @param header its header; empty when that page is absent or is no header
 * @param debug its debug record; empty when it has none or the page is absent
 * @param pagesPresent pages of it that can be read
 */
public record ImageFacts(Optional<PeImage> header, Optional<DebugRecord> debug, int pagesPresent) {

  /** Larger images are counted up to here: 1 GiB. */
  private static final long MAXIMUM_BYTES = 1L << 30;

  /** Looks at the module of {@code size} bytes at {@code base}. */
  public static ImageFacts read(AddressSpace space, long base, long size) throws IOException {
    Optional<PeImage> header = PeImage.at(space, base);
    Optional<DebugRecord> debug =
        header.isPresent() ? DebugRecord.of(space, header.get()) : Optional.empty();
    byte[] probe = new byte[1];
    int present = 0;
    long end = Math.min(size, MAXIMUM_BYTES);
    for (long at = 0; at < end; at += PhysicalMemory.PAGE_SIZE) {
      if (space.read(base + at, probe, 0, 1)) {
        present++;
      }
    }
    return new ImageFacts(header, debug, present);
  }
}
