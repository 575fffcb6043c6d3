package io.memlake.jobs.task;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.pfn.FrameUse;
import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.scan.PageKind;
import io.memlake.schemas.row.PageRow;
import java.io.IOException;
import java.util.Optional;

/**
 * Joins the pages of a chunk with the reverse map in one pass over both, which are in the same
 * order. One row object is shown again and again.
 */
final class PageRows {
  private static final int NO_REFERENCES = 0;

  private final ReverseMap owners;
  private final PageLayer layer;
  private final FrameOwners frames;
  private final PageRow row = new PageRow();

  /** Pages of RAM. */
  PageRows(ReverseMap owners, FrameOwners frames) {
    this(owners, PageLayer.RAM, frames);
  }

  /** Pages of another layer. */
  PageRows(ReverseMap owners, PageLayer layer) {
    this(owners, layer, FrameOwners.NONE);
  }

  private PageRows(ReverseMap owners, PageLayer layer, FrameOwners frames) {
    this.owners = owners;
    this.layer = layer;
    this.frames = frames;
    row.setSource("scan");
    row.setLayer(layer.name());
    row.setConfidence(100);
  }

  void forEach(ChunkFindings findings, RowSink<PageRow> rows) throws IOException {
    Mappings mappings = new Mappings(findings);
    if (owners != null && findings.pages() > 0) {
      long first = findings.pfn(0);
      long end = findings.pfn(findings.pages() - 1) + 1;
      layer.forEachMapping(owners, first, end, mappings::add);
    }
    int lost = 0;
    for (int page = 0; page < findings.pages(); page++) {
      while (lost < findings.lostPages() && findings.lostPfn(lost) < findings.pfn(page)) {
        rows.accept(absent(findings.lostPfn(lost++)));
      }
      boolean unused = findings.kind(page) == PageKind.ZERO && !mappings.has(page);
      if (!unused || !layer.isPageFile()) {
        rows.accept(present(findings, page, mappings));
      }
    }
    while (lost < findings.lostPages()) {
      rows.accept(absent(findings.lostPfn(lost++)));
    }
  }

  private PageRow present(ChunkFindings findings, int page, Mappings mappings) throws IOException {
    row.setPfn(findings.pfn(page));
    row.setForensicPath(layer.path(findings.pfn(page)));
    row.setPageHash(findings.hash(page));
    row.setPageHash2(findings.hash2(page));
    boolean table = layer.isRam() && owners != null && owners.isPageTable(findings.pfn(page));
    row.setKind(table ? "pagetable" : findings.kind(page).label());
    row.setOrigin("present");
    mappings.into(row, page);
    Optional<FrameUse> use = frames.use(findings.pfn(page));
    if (use.isPresent() && !mappings.has(page) && !table) {
      row.setPid(frames.pid(use.get()));
      row.setVa(use.get().virtualAddress());
      row.setMapping("pfn_database");
    }
    return row;
  }

  private PageRow absent(long pfn) {
    row.setPfn(pfn);
    row.setForensicPath(layer.path(pfn));
    row.setPageHash(null);
    row.setPageHash2(null);
    row.setKind("absent");
    row.setOrigin("unreadable");
    unmapped(row, owners == null ? null : layer.mappingCount(owners, pfn));
    return row;
  }

  private static void unmapped(PageRow row, Integer references) {
    row.setPid(null);
    row.setVa(null);
    row.setMapping(null);
    row.setRefCount(references);
    row.setExecutable(null);
    row.setWritable(null);
    row.setUserMode(null);
  }

  /** For each page of the chunk: its first owner and the rights over all mappings. */
  private final class Mappings {
    private final ChunkFindings findings;
    private final int[] count;
    private final int[] pid;
    private final long[] address;
    private final int[] firstFlags;
    private final int[] allFlags;
    private int cursor;

    Mappings(ChunkFindings findings) {
      this.findings = findings;
      int pages = findings.pages();
      count = new int[pages];
      pid = new int[pages];
      address = new long[pages];
      firstFlags = new int[pages];
      allFlags = new int[pages];
    }

    /** Called in rising order of frames, processes before the kernel. */
    void add(long pfn, MappingOwner owner, long virtualAddress, int flags) {
      while (cursor < count.length && findings.pfn(cursor) < pfn) {
        cursor++;
      }
      if (cursor == count.length || findings.pfn(cursor) != pfn) {
        return;
      }
      if (count[cursor]++ == 0) {
        pid[cursor] = owner.pid();
        address[cursor] = virtualAddress;
        firstFlags[cursor] = flags;
      }
      allFlags[cursor] |= flags;
    }

    boolean has(int page) {
      return count[page] > 0;
    }

    void into(PageRow target, int page) {
      if (count[page] == 0) {
        unmapped(target, owners == null ? null : NO_REFERENCES);
        return;
      }
      target.setPid(pid[page]);
      target.setVa(address[page]);
      target.setMapping(label(firstFlags[page]));
      target.setRefCount(count[page]);
      target.setExecutable((allFlags[page] & MappingFlags.EXECUTABLE) != 0);
      target.setWritable((allFlags[page] & MappingFlags.WRITABLE) != 0);
      target.setUserMode((allFlags[page] & MappingFlags.USER) != 0);
    }

    private String label(int flags) {
      if ((flags & MappingFlags.PROTOTYPE) != 0) {
        return "prototype";
      }
      if (!layer.isRam()) {
        return "paged_out";
      }
      if ((flags & MappingFlags.NOT_VALID) != 0) {
        return "transition";
      }
      return (flags & MappingFlags.LARGE) != 0 ? "large" : "present";
    }
  }
}
