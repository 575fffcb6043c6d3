package io.memlake.jobs.task;

import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.store.CompressedStore;
import io.memlake.engine.objects.store.StoreAlgorithm;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.DataFile;
import io.memlake.schemas.row.PageRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the rows of pages that left RAM: what the scan found, and who maps it. */
public final class PagedOutRowsTask {
  /** An index of a store has ten bits. */
  private static final int MAX_STORES = 1 << 10;

  private PagedOutRowsTask() {}

  /**
   * Chunks of one task.
   *
   * @param number place among the batches of the host
   * @param layer the page file whose chunks they are; null for the compressed store
   * @param chunks numbers of chunks in rising order
   */
  public record Batch(int number, PageLayer layer, ArrayList<Integer> chunks)
      implements Serializable {}

  /**
   * Writes the rows of chunks of a page file.
   *
   * @param owners who maps which page, or null when the page tables could not be walked
   */
  public static Written pageFile(
      HostContext host, Batch batch, ChunkStore findings, ReverseMap owners) throws IOException {
    try (StagedRows rows = staged(host, batch)) {
      PageRows pages = new PageRows(owners, batch.layer());
      for (int chunk : batch.chunks()) {
        try (InputStream in = findings.open(chunk, host.configuration())) {
          pages.forEach(
              FindingsFile.read(findings.name(chunk), in), row -> addPage(host, rows, row));
        }
      }
      return new Written(rows.finish());
    }
  }

  /**
   * Writes the rows of units of the compressed store.
   *
   * @param owners who maps which page, or null when the page tables could not be walked
   */
  public static Written store(HostContext host, Batch batch, StoreTask units, ReverseMap owners)
      throws IOException {
    StoreChoice choice = host.pagedOut().store().orElseThrow();
    int build = host.description().version().build();
    try (StagedRows rows = staged(host, batch)) {
      CompressedPageRows pages = new CompressedPageRows(choice, build, algorithms(host), owners);
      for (int chunk : batch.chunks()) {
        List<StoredPage> unit = units.pages(host, chunk);
        try (InputStream in = units.chunks().open(chunk, host.configuration())) {
          StoreFindings found = StoreFindings.read(units.chunks().name(chunk), in);
          pages.forEach(
              (long) chunk * StoreIndexTask.PAGES_OF_UNIT,
              unit,
              found,
              rows::add,
              row -> addPage(host, rows, row));
        }
      }
      return new Written(rows.finish());
    }
  }

  /**
   * What was written.
   *
   * @param files staged files by table
   */
  public record Written(Map<String, DataFile> files) implements Serializable {}

  private static void addPage(HostContext host, StagedRows rows, PageRow row) throws IOException {
    if (host.pages().has(row)) {
      rows.add(row);
    }
  }

  private static StagedRows staged(HostContext host, Batch batch) {
    return new StagedRows(host, String.format("pagedout-%05d", batch.number()));
  }

  private static String[] algorithms(HostContext host) throws IOException {
    String[] names = new String[MAX_STORES];
    try (PagedOutMachine machine = host.openPagedOut()) {
      Optional<CompressedStore> store = machine.store().map(StorePages::store);
      for (int i = 0; store.isPresent() && i < names.length; i++) {
        names[i] = store.get().algorithm(i).map(StoreAlgorithm::text).orElse(null);
      }
    }
    return names;
  }
}
