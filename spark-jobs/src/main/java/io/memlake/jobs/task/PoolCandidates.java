package io.memlake.jobs.task;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.registry.HiveTable;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.objects.pool.ScannedLayer;
import io.memlake.engine.objects.pool.ScannedPages;
import io.memlake.engine.objects.store.CompressedStore;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.CarveKind;
import io.memlake.jobs.lake.ChunkStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pool headers that the scan of a host found, in RAM, in page files and in the compressed store,
 * together with the pages that they lie in. Closes the page files that it opened.
 */
final class PoolCandidates implements Closeable {
  /** A machine of a terabyte has some millions; more are pages full of one pattern. */
  private static final int MAX_HITS = 1 << 23;

  private static final int RAM = -1;

  private final HostContext host;
  private final ReverseMap kernelMap;
  private final List<PoolHit> hits = new ArrayList<>();
  private final List<ScannedLayer> layers = new ArrayList<>();
  private final List<PageFileMemory> opened = new ArrayList<>();

  private PoolCandidates(HostContext host, ReverseMap kernelMap) {
    this.host = host;
    this.kernelMap = kernelMap;
  }

  /**
   * Reads the findings of a host.
   *
   * @param kernelMap where the kernel maps frames, slots and store keys
   * @throws IOException when findings are damaged, or there are more than a machine can have
   */
  static PoolCandidates read(
      HostContext host, PagedOutMachine machine, ReverseMap kernelMap, PagedOutFindings pagedOut)
      throws IOException {
    PoolCandidates candidates = new PoolCandidates(host, kernelMap);
    try {
      candidates.ram();
      for (Map.Entry<PageLayer, ChunkStore> file : pagedOut.pageFiles().entrySet()) {
        candidates.pageFile(file.getKey(), file.getValue());
      }
      if (pagedOut.store() != null && machine.store().isPresent()) {
        candidates.store(machine.store().map(StorePages::store).get(), pagedOut.store());
      }
      return candidates;
    } catch (IOException | RuntimeException e) {
      candidates.close();
      throw e;
    }
  }

  /**
   * What artifacts see of them.
   *
   * @param scanned whether all chunks of RAM were scanned
   */
  Candidates view(boolean scanned) {
    return new Candidates(scanned, hits, ScannedPages.of(kernelMap::kernelVirtualAddress, layers));
  }

  private void ram() throws IOException {
    for (int chunk : host.chunks().finished(host.configuration())) {
      add(RAM, findings(host.chunks(), chunk));
    }
  }

  private void pageFile(PageLayer layer, ChunkStore chunks) throws IOException {
    PageFileMemory memory = layer.open(host);
    opened.add(memory);
    layers.add(new SlotLayer(memory, layer, kernelMap));
    for (int chunk : chunks.finished(host.configuration())) {
      add(layers.size() - 1, findings(chunks, chunk));
    }
  }

  private void store(CompressedStore store, StoreTask units) throws IOException {
    Map<Long, StoredPage> pages = new HashMap<>();
    layers.add(new StoreLayer(store, host.pagedOut().store().orElseThrow(), pages, kernelMap));
    for (int unit : units.chunks().finished(host.configuration())) {
      ChunkFindings findings = findings(units.chunks(), unit);
      if (findings.poolHeaders() + findings.carved() == 0) {
        continue;
      }
      int before = hits.size();
      add(layers.size() - 1, findings);
      List<StoredPage> stored = hits.size() == before ? List.of() : units.pages(host, unit);
      long first = (long) unit * StoreIndexTask.PAGES_OF_UNIT;
      for (int i = 0; i < findings.poolHeaders(); i++) {
        keep(findings.poolAddress(i), first, stored, pages);
      }
      for (int i = 0; i < findings.carved(); i++) {
        keep(findings.carvedAddress(i), first, stored, pages);
      }
    }
  }

  private static void keep(
      long address, long first, List<StoredPage> unit, Map<Long, StoredPage> pages) {
    long page = address >>> PhysicalMemory.PAGE_SHIFT;
    if (page >= first && page - first < unit.size()) {
      pages.put(page, unit.get((int) (page - first)));
    }
  }

  private ChunkFindings findings(ChunkStore chunks, int chunk) throws IOException {
    try (InputStream in = chunks.open(chunk, host.configuration())) {
      return FindingsFile.readCandidates(chunks.name(chunk), in);
    }
  }

  private void add(int layer, ChunkFindings findings) throws IOException {
    for (int i = 0; i < findings.poolHeaders(); i++) {
      long address = findings.poolAddress(i);
      int tag = findings.poolTag(i);
      add(layer == RAM ? new PoolHit(address, tag) : ScannedPages.hit(layer, address, tag));
    }
    for (int i = 0; i < findings.carved(); i++) {
      if (findings.carvedKind(i) == CarveKind.HIVE) {
        long address = findings.carvedAddress(i);
        add(
            layer == RAM
                ? HiveTable.pageCandidate(address)
                : HiveTable.pageCandidate(layer, address));
      }
    }
  }

  private void add(PoolHit hit) throws IOException {
    if (hits.size() == MAX_HITS) {
      throw new IOException(
          "More than " + MAX_HITS + " pool headers: the evidence is full of one pattern");
    }
    hits.add(hit);
  }

  @Override
  public void close() throws IOException {
    for (PageFileMemory memory : opened) {
      memory.close();
    }
  }
}
