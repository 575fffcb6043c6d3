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
 * @param pages pages of it that were looked for; 0 when they were too many
 * @param pagesPresent of them, those that can be read
 */
public record ImageFacts(
    Optional<PeImage> header, Optional<DebugRecord> debug, int pages, int pagesPresent) {

  /**
   * Looks at the module of {@code size} bytes at {@code base}.
   *
   * @param maximumPages larger modules are not counted: their size is not to be believed
   */
  public static ImageFacts read(AddressSpace space, long base, long size, long maximumPages)
      throws IOException {
    Optional<PeImage> header = PeImage.at(space, base);
    Optional<DebugRecord> debug =
        header.isPresent() ? DebugRecord.of(space, header.get()) : Optional.empty();
    long pages = (size + PhysicalMemory.PAGE_SIZE - 1) >>> PhysicalMemory.PAGE_SHIFT;
    if (pages > maximumPages) {
      return new ImageFacts(header, debug, 0, 0);
    }
    byte[] probe = new byte[1];
    int present = 0;
    for (long page = 0; page < pages; page++) {
      if (space.read(base + (page << PhysicalMemory.PAGE_SHIFT), probe, 0, 1)) {
        present++;
      }
    }
    return new ImageFacts(header, debug, (int) pages, present);
  }

  /** Whether the pages were counted. */
  public boolean counted() {
    return pages > 0;
  }
}
