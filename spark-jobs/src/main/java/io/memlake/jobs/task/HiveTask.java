package io.memlake.jobs.task;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.registry.HiveRows;
import io.memlake.engine.artifacts.registry.HiveUnit;
import io.memlake.engine.kernel.Machine;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.LakeWriteException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Reads some registry hives of a machine into rows. */
public final class HiveTask {
  private HiveTask() {}

  /**
   * Hives of one task.
   *
   * @param number place among the batches of the host
   * @param hives the hives
   */
  public record Batch(int number, ArrayList<HiveUnit> hives) implements Serializable {}

  /**
   * Deals hives out to at most {@code count} batches, so that the large ones, which come first, lie
   * apart.
   */
  public static List<Batch> batches(List<HiveUnit> hives, int count) {
    int size = Math.min(count, hives.size());
    List<Batch> batches = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      Batch batch = new Batch(number, new ArrayList<>());
      for (int i = number; i < hives.size(); i += size) {
        batch.hives().add(hives.get(i));
      }
      batches.add(batch);
    }
    return batches;
  }

  /** Reads the hives of one batch. */
  public static Read run(HostContext host, Batch batch, Set<String> tables) throws IOException {
    try (Machine machine = host.openMachine();
        StagedRows rows = new StagedRows(host, String.format("hives-%05d", batch.number()))) {
      MachineView view = MachineView.of(machine, Candidates.NOT_SCANNED);
      Collected collected = Collected.NOTHING;
      LongStream.Builder frames = LongStream.builder();
      for (HiveUnit unit : batch.hives()) {
        collected = collected.plus(collect(view, unit, tables, rows));
        HiveRows.forEachFrame(view, unit, frames::add);
      }
      return new Read(batch.hives().size(), collected, frames.build().toArray(), rows.finish());
    }
  }

  /** One hive that fails must not take the others with it. */
  private static Collected collect(
      MachineView view, HiveUnit unit, Set<String> tables, StagedRows rows) throws IOException {
    try {
      return HiveRows.collect(view, unit, tables, rows::add);
    } catch (LakeWriteException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      rows.add(ErrorRowOf.failure("walk", "hive", "registry_hives", e));
      return Collected.NOTHING;
    }
  }

  /** What some hives gave. */
  public static final class Read implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int hives;
    private final Collected collected;
    private final long[] frames;
    private final Map<String, DataFile> files;

    Read(int hives, Collected collected, long[] frames, Map<String, DataFile> files) {
      this.hives = hives;
      this.collected = collected;
      this.frames = frames;
      this.files = files;
    }

    /** How many were looked at. */
    public int hives() {
      return hives;
    }

    /** What was counted. */
    public Collected collected() {
      return collected;
    }

    /** Frames that hold their bins. Not copied. */
    public long[] frames() {
      return frames;
    }

    /** Staged files by table. */
    public Map<String, DataFile> files() {
      return files;
    }
  }
}
