package io.memlake.jobs.task;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageStatus;
import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.schemas.row.CompressedPageRow;
import io.memlake.schemas.row.PageRow;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Joins decoded pages of the compressed store with the page-table entries that name them. Row
 * objects are shown again and again.
 */
final class CompressedPageRows {
  private static final String LAYER = "compressed";
  private static final String STORED_AS_IT_IS = "none";

  private final StoreChoice choice;
  private final ReverseMap owners;
  private final String[] algorithms;
  private final CompressedPageRow row = new CompressedPageRow();
  private final PageRow pageRow = new PageRow();
  private int references;
  private int flags;

  /**
   * Rows of one store.
   *
   * @param algorithms what each store compresses with, by index; null where it is not known
   * @param owners who maps which page, or null when the page tables could not be walked
   */
  CompressedPageRows(StoreChoice choice, int ntBuild, String[] algorithms, ReverseMap owners) {
    this.choice = choice;
    this.owners = owners;
    this.algorithms = algorithms.clone();
    row.setSource("walk");
    row.setLayer(LAYER);
    row.setConfidence(100);
    row.setNtBuild(ntBuild == 0 ? null : ntBuild);
    pageRow.setSource("scan");
    pageRow.setLayer(LAYER);
    pageRow.setOrigin("present");
    pageRow.setConfidence(100);
  }

  /**
   * Shows the rows of a unit: one of each page, and one of what its bytes look like.
   *
   * @param first place of its first page in the walk over the store
   */
  void forEach(
      long first,
      List<StoredPage> unit,
      StoreFindings findings,
      RowSink<CompressedPageRow> rows,
      RowSink<PageRow> pageRows)
      throws IOException {
    ChunkFindings found = findings.pages();
    int next = 0;
    for (int i = 0; i < unit.size(); i++) {
      boolean decoded = next < found.pages() && found.pfn(next) == first + i;
      show(unit.get(i), findings.statuses().get(i));
      row.setPageHash(decoded ? found.hash(next) : null);
      row.setPageHash2(decoded ? found.hash2(next) : null);
      rows.accept(row);
      if (decoded) {
        pageRow.setKind(found.kind(next).label());
        pageRows.accept(pageRow(unit.get(i)));
        next++;
      }
    }
  }

  private void show(StoredPage page, StoredPageStatus status) {
    row.setForensicPath(path(page));
    row.setStore(page.store());
    row.setKey(page.key());
    row.setListed(page.listed());
    row.setRegion(page.isLocated() ? page.region() : null);
    row.setAddress(page.isLocated() ? page.address() : null);
    row.setCompSize(page.isLocated() ? page.compressedSize() : null);
    row.setAlgo(algorithm(page));
    row.setStatus(status.text());
    row.setReason(status == StoredPageStatus.OK ? null : status.name().toLowerCase(Locale.ROOT));
    owner(page.key());
  }

  private static String path(StoredPage page) {
    return "store:" + Hex.address(page.key());
  }

  private String algorithm(StoredPage page) {
    boolean plain = page.compressedSize() == 0 || page.compressedSize() == PhysicalMemory.PAGE_SIZE;
    if (page.isLocated() && plain) {
      return STORED_AS_IT_IS;
    }
    return page.store() < 0 || page.store() >= algorithms.length ? null : algorithms[page.store()];
  }

  private void owner(long key) {
    references = 0;
    flags = 0;
    row.setPid(null);
    row.setVa(null);
    row.setRefCount(null);
    if (owners == null) {
      return;
    }
    owners.forEachPageFileMapping(choice.fileOf(key), choice.layout().pageOf(key), this::mapping);
    row.setRefCount(references);
  }

  /** Called for processes by rising pid, the kernel last. */
  private void mapping(long page, MappingOwner owner, long virtualAddress, int mappingFlags) {
    if (references++ == 0) {
      row.setPid(owner.pid());
      row.setVa(virtualAddress);
    }
    flags |= mappingFlags;
  }

  private PageRow pageRow(StoredPage page) {
    boolean mapped = references > 0;
    pageRow.setPfn(page.key());
    pageRow.setForensicPath(path(page));
    pageRow.setPageHash(row.getPageHash());
    pageRow.setPageHash2(row.getPageHash2());
    pageRow.setPid(row.getPid());
    pageRow.setVa(row.getVa());
    pageRow.setRefCount(row.getRefCount());
    pageRow.setMapping(mapped ? "paged_out" : null);
    pageRow.setExecutable(mapped ? (flags & MappingFlags.EXECUTABLE) != 0 : null);
    pageRow.setWritable(mapped ? (flags & MappingFlags.WRITABLE) != 0 : null);
    pageRow.setUserMode(mapped ? (flags & MappingFlags.USER) != 0 : null);
    return pageRow;
  }
}
