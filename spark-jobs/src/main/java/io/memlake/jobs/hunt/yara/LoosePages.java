package io.memlake.jobs.hunt.yara;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.store.StoredPageStatus;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The pages in which some rule may match and that no process has: of the kernel, freed ones, slots
 * of page files that nobody refers to any more.
 */
final class LoosePages {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final OpenedHost opened;
  private final HostHits hits;
  private final RuleGate gate;
  private int left;

  LoosePages(OpenedHost opened, HostHits hits, RuleGate gate, int most) {
    this.opened = opened;
    this.hits = hits;
    this.gate = gate;
    this.left = most;
  }

  /** Receives pages with the path that leads back to them. */
  interface Visitor {
    void page(String path, byte[] bytes) throws IOException;
  }

  /** Reads a page by its number; false when it cannot be had. */
  private interface Reader {
    boolean read(long page, byte[] target) throws IOException;
  }

  /** Shows the pages; false when there are too many. */
  boolean forEach(PagedOutMachine machine, HadoopEvidence evidence, Visitor visitor)
      throws IOException {
    PhysicalMemory ram = machine.machine().memory();
    boolean whole =
        layer(
            hits.ram(),
            page -> "phys:" + Hex.address(page << PhysicalMemory.PAGE_SHIFT),
            (page, target) -> ram.read(page << PhysicalMemory.PAGE_SHIFT, target, 0, PAGE),
            visitor);
    List<PageFileUse> files = opened.pageFiles();
    for (int i = 0; i < files.size(); i++) {
      PageFileUse file = files.get(i);
      try (PageFileMemory memory =
          new PageFileMemory(
              EmbeddedEvidence.of(opened.description().image(), evidence).open(file.path()))) {
        whole &=
            layer(
                hits.file(i),
                page ->
                    "pagefile"
                        + file.number()
                        + ":"
                        + Hex.address(page << PhysicalMemory.PAGE_SHIFT),
                (page, target) -> memory.read(page << PhysicalMemory.PAGE_SHIFT, target, 0, PAGE),
                visitor);
      }
    }
    Optional<StorePages> store = machine.store();
    if (store.isPresent()) {
      whole &=
          layer(
              hits.store(),
              key -> "store:" + Hex.address(key),
              (key, target) -> store.get().readKey(key, target, 0) == StoredPageStatus.OK,
              visitor);
    }
    return whole;
  }

  private boolean layer(
      HostHits.Layer layer,
      java.util.function.LongFunction<String> path,
      Reader reader,
      Visitor visitor)
      throws IOException {
    BitSet found = new BitSet();
    for (int i = 0; i < layer.hits.size(); i++) {
      found.clear();
      layer.hits.strings(i, found);
      if (layer.owned.get(i) || !gate.isOpen(found)) {
        continue;
      }
      if (left-- <= 0) {
        return false;
      }
      byte[] bytes = new byte[PAGE];
      if (reader.read(layer.hits.page(i), bytes)) {
        visitor.page(path.apply(layer.hits.page(i)), bytes);
      }
    }
    return true;
  }
}
