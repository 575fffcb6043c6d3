package io.memlake.jobs.task;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.paging.MappingConsumer;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;

/**
 * Where scanned pages lie: in RAM, or in the slots of one page file.
 *
 * @param name as the column {@code layer} has it
 * @param number number of the page file, {@link #NO_FILE} for RAM
 */
public record PageLayer(String name, int number) implements Serializable {
  private static final int NO_FILE = -1;

  /** The frames of the image. */
  static final PageLayer RAM = new PageLayer("physical", NO_FILE);

  /** The slots of a page file or swap file. */
  public static PageLayer of(PageFileUse file) {
    String path = file.path().toLowerCase(Locale.ROOT);
    String fileName = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    boolean swapFile = fileName.startsWith("swapfile");
    return new PageLayer(swapFile ? "swapfile" : "pagefile" + file.number(), file.number());
  }

  /** Opens the page file on an executor; the caller closes it. */
  PageFileMemory open(HostContext host) throws IOException {
    PageFileUse file =
        host.pagedOut().files().stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow();
    return new PageFileMemory(
        EmbeddedEvidence.of(host.description().image(), host.evidence()).open(file.path()));
  }

  boolean isRam() {
    return number == NO_FILE;
  }

  boolean isPageFile() {
    return number != NO_FILE;
  }

  /** Path that leads back to a page; null for RAM, where the frame says it. */
  String path(long page) {
    return isRam() ? null : pathOf(page << PhysicalMemory.PAGE_SHIFT);
  }

  /** Path that leads back to a byte of a page file. */
  String pathOf(long offset) {
    return "pagefile" + number + ":" + Hex.address(offset);
  }

  void forEachMapping(ReverseMap owners, long first, long end, MappingConsumer consumer) {
    if (isRam()) {
      owners.forEachMapping(first, end, consumer);
    } else {
      owners.forEachPageFileMapping(number, first, end, consumer);
    }
  }

  int mappingCount(ReverseMap owners, long page) {
    return isRam()
        ? owners.mappingCount(page)
        : owners.slotMappings(number, page + 1) - owners.slotMappings(number, page);
  }
}
