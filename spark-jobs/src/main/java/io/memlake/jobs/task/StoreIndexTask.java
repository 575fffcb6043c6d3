package io.memlake.jobs.task;

import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.store.StoreWalk;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.TreeGaps;
import io.memlake.jobs.lake.ChunkStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the trees of the compressed store once and writes where its pages lie, in units that tasks
 * decode afterwards. Needs memory for one unit, however large the store is.
 */
public final class StoreIndexTask {
  /** Pages a unit: 32 MiB when decoded. */
  public static final int PAGES_OF_UNIT = 8192;

  /** A store of 8 TiB. More is a tree that lies. */
  private static final int MAX_UNITS = 1 << 18;

  /** Number of the file that says that the index is whole. */
  private static final int SUMMARY = 999_999;

  private final ChunkStore target;
  private final HostContext host;
  private final List<StoredPage> unit = new ArrayList<>();
  private int units;
  private long pages;

  private StoreIndexTask(HostContext host, ChunkStore target) {
    this.host = host;
    this.target = target;
  }

  /** Walks, unless a killed run did so before. Without a store there are no units. */
  public static StoreIndex run(HostContext host, ChunkStore target) throws IOException {
    Optional<StoreIndex> earlier = recall(host, target);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    try (PagedOutMachine machine = host.openPagedOut()) {
      Optional<StorePages> store = machine.store();
      return store.isEmpty()
          ? StoreIndex.NONE
          : new StoreIndexTask(host, target).walk(new StoreWalk(store.get().store()));
    }
  }

  private StoreIndex walk(StoreWalk walk) throws IOException {
    StoreWalk.Result result = walk.forEach(this::add);
    if (!unit.isEmpty()) {
      write();
    }
    long lost = result.keys().lost();
    long repeated = result.keys().repeated();
    for (TreeGaps gaps : result.stores().values()) {
      lost += gaps.lost();
      repeated += gaps.repeated();
    }
    StoreIndex index = new StoreIndex(units, pages, lost, repeated);
    target.commit(SUMMARY, out -> index.write(new DataOutputStream(out)), host.configuration());
    return index;
  }

  private void add(StoredPage page) throws IOException {
    unit.add(page);
    pages++;
    if (unit.size() == PAGES_OF_UNIT) {
      write();
    }
  }

  private void write() throws IOException {
    if (units == MAX_UNITS) {
      throw new IOException(
          "The compressed store has more than " + (long) MAX_UNITS * PAGES_OF_UNIT + " pages");
    }
    List<StoredPage> written = List.copyOf(unit);
    target.commit(units, out -> StoreIndexFile.write(written, out), host.configuration());
    units++;
    unit.clear();
  }

  private static Optional<StoreIndex> recall(HostContext host, ChunkStore target) {
    try (InputStream in = target.open(SUMMARY, host.configuration())) {
      return Optional.of(StoreIndex.read(new DataInputStream(in)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * How the index came out.
   *
   * @param units units of work
   * @param pages pages of the store, located or lost
   * @param lostNodes nodes of trees that are not in the evidence or damaged
   * @param repeatedNodes places that lead back into nodes that were read before
   */
  public record StoreIndex(int units, long pages, long lostNodes, long repeatedNodes)
      implements Serializable {
    /** No store. */
    public static final StoreIndex NONE = new StoreIndex(0, 0, 0, 0);

    private void write(DataOutputStream out) throws IOException {
      out.writeInt(units);
      out.writeLong(pages);
      out.writeLong(lostNodes);
      out.writeLong(repeatedNodes);
      out.flush();
    }

    private static StoreIndex read(DataInputStream in) throws IOException {
      return new StoreIndex(in.readInt(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Pages of a unit. */
    public int pagesOf(int unit) {
      return (int) Math.min(PAGES_OF_UNIT, pages - (long) unit * PAGES_OF_UNIT);
    }
  }
}
