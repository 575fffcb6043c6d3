package io.memlake.jobs.task;

import io.memlake.engine.artifacts.carve.Directories;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.store.CompressedStore;
import io.memlake.engine.objects.store.StoreAlgorithm;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageMemory;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.DataFile;
import io.memlake.schemas.row.PageRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Names of directories among the candidates of a page file. */
  public static Directories directories(HostContext host, Batch batch, ChunkStore findings)
      throws IOException {
    Directories directories = new Directories();
    try (Machine machine = host.openMachine();
        PageFileMemory memory = batch.layer().open(host)) {
      SlotLayer layer = new SlotLayer(memory, batch.layer(), null);
      for (int chunk : batch.chunks()) {
        try (InputStream in = findings.open(chunk, host.configuration())) {
          ChunkFindings found = FindingsFile.readCandidates(findings.name(chunk), in);
          LayerCarving.learn(machine, layer, found, directories);
        }
      }
    }
    return directories;
  }

  /** Names of directories among the candidates of units of the compressed store. */
  public static Directories directories(HostContext host, Batch batch, StoreTask units)
      throws IOException {
    Directories directories = new Directories();
    try (PagedOutMachine machine = host.openPagedOut()) {
      for (int chunk : batch.chunks()) {
        try (InputStream in = units.chunks().open(chunk, host.configuration())) {
          StoreFindings found = StoreFindings.read(units.chunks().name(chunk), in);
          LayerCarving.learn(
              machine.machine(),
              unit(host, machine, units, chunk, null),
              found.pages(),
              directories);
        }
      }
    }
    return directories;
  }

  private static StoreUnitLayer unit(
      HostContext host, PagedOutMachine machine, StoreTask units, int chunk, ReverseMap owners)
      throws IOException {
    CompressedStore store = machine.store().map(StorePages::store).orElseThrow();
    List<StoredPage> unit = units.pages(host, chunk);
    long first = (long) chunk * StoreIndexTask.PAGES_OF_UNIT;
    return new StoreUnitLayer(
        new StoredPageMemory(store, first, unit),
        first,
        unit,
        host.pagedOut().store().orElseThrow(),
        owners);
  }

  /**
   * Writes the rows of chunks of a page file.
   *
   * @param owners who maps which page, or null when the page tables could not be walked
   * @param directories of the whole machine
   * @param tables names of the tables that are wanted
   */
  public static Written pageFile(
      HostContext host,
      Batch batch,
      ChunkStore findings,
      ReverseMap owners,
      Directories directories,
      Set<String> tables)
      throws IOException {
    try (StagedRows rows = staged(host, batch);
        Machine machine = host.openMachine();
        PageFileMemory memory = batch.layer().open(host)) {
      SlotLayer layer = new SlotLayer(memory, batch.layer(), owners);
      PageRows pages = new PageRows(owners, batch.layer());
      for (int chunk : batch.chunks()) {
        try (InputStream in = findings.open(chunk, host.configuration())) {
          ChunkFindings found = FindingsFile.read(findings.name(chunk), in);
          pages.forEach(found, row -> addPage(host, rows, row));
          LayerCarving.rows(machine, layer, found, directories, tables, rows);
        }
      }
      return new Written(rows.finish());
    }
  }

  /**
   * Writes the rows of units of the compressed store.
   *
   * @param owners who maps which page, or null when the page tables could not be walked
   * @param directories of the whole machine
   * @param tables names of the tables that are wanted
   */
  public static Written store(
      HostContext host,
      Batch batch,
      StoreTask units,
      ReverseMap owners,
      Directories directories,
      Set<String> tables)
      throws IOException {
    StoreChoice choice = host.pagedOut().store().orElseThrow();
    int build = host.description().version().build();
    try (StagedRows rows = staged(host, batch);
        PagedOutMachine machine = host.openPagedOut()) {
      CompressedStore store = machine.store().map(StorePages::store).orElseThrow();
      CompressedPageRows pages = new CompressedPageRows(choice, build, algorithms(store), owners);
      for (int chunk : batch.chunks()) {
        StoreUnitLayer unit = unit(host, machine, units, chunk, owners);
        try (InputStream in = units.chunks().open(chunk, host.configuration())) {
          StoreFindings found = StoreFindings.read(units.chunks().name(chunk), in);
          pages.forEach(
              unit.first(), unit.pages(), found, rows::add, row -> addPage(host, rows, row));
          LayerCarving.rows(machine.machine(), unit, found.pages(), directories, tables, rows);
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

  private static String[] algorithms(CompressedStore store) throws IOException {
    String[] names = new String[MAX_STORES];
    for (int i = 0; i < names.length; i++) {
      names[i] = store.algorithm(i).map(StoreAlgorithm::text).orElse(null);
    }
    return names;
  }
}
