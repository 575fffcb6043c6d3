package io.memlake.jobs.lake;

import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.FailedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The one writer of a lake. Opening it finishes what a killed writer left half published and clears
 * away what it left staged; finished chunks stay, to be used again.
 */
public final class LakeWriter implements Closeable {
  private final Lake lake;
  private final LakeLock lock;

  private LakeWriter(Lake lake, LakeLock lock) {
    this.lake = lake;
    this.lock = lock;
  }

  /**
   * Opens the lake at {@code location}, making it when there is none.
   *
   * @throws FailedException when another command is writing it
   * @throws LakeWriteException when it cannot be written
   */
  public static LakeWriter open(String location, Configuration configuration) throws IOException {
    Lake lake = Lake.at(location, configuration);
    lake.files().makeFolder(lake.layout().internal());
    Optional<LakeLock> lock = LakeLock.tryAcquire(lake.layout(), lake.files());
    if (lock.isEmpty()) {
      throw new FailedException(
          "Another command is writing the lake at "
              + location
              + (Locations.isLocal(lake.layout().root())
                  ? ""
                  : "; if none is, delete " + lake.layout().lock()));
    }
    LakeWriter writer = new LakeWriter(lake, lock.get());
    try {
      finishPublications(lake.layout(), lake.files());
      writer.clearAway();
      writer.markInterrupted();
      lake.custody().catchUp(lake.runs());
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** What is in it. */
  public Lake lake() {
    return lake;
  }

  /** Where things lie. */
  public LakeLayout layout() {
    return lake.layout();
  }

  /** The operations that the lake is built from. */
  public LakeFiles files() {
    return lake.files();
  }

  /**
   * Makes staged files the results of a host, all tables together, in place of what it had. The
   * version, the tables and their file names of {@code manifest} are filled in.
   *
   * @param staged complete files by table, with full paths
   */
  public HostManifest publish(HostManifest manifest, Map<String, List<DataFile>> staged)
      throws IOException {
    HostManifest before = lake.host(manifest.caseId(), manifest.host()).orElse(null);
    return new HostPublisher(lake.layout(), lake.files()).publish(manifest, staged, before);
  }

  /** Writes or replaces the record of a run. */
  public void record(RunRecord run) throws IOException {
    lake.files().writeJson(lake.layout().run(run.runId()), run);
  }

  /** Adds a staged file to a table of the whole case under {@code name}. */
  public void addCaseFile(String table, String caseId, String staged, String name)
      throws IOException {
    Path target = new Path(lake.layout().casePartition(table, caseId), name);
    lake.files().delete(target);
    lake.files().move(Locations.parse(staged), target);
  }

  /** Clears away the files of a table that {@code latest} replaced. */
  public void dropReplaced(RunRecord latest, String table) throws IOException {
    for (RunRecord run : lake.runs()) {
      boolean older = run.runId().compareTo(latest.runId()) < 0;
      if (older && run.caseId().equals(latest.caseId()) && run.tables().containsKey(table)) {
        for (String name : run.tables().get(table)) {
          files().delete(new Path(layout().casePartition(table, run.caseId()), name));
        }
        Map<String, List<String>> names = new TreeMap<>(run.tables());
        Map<String, Long> counts = new TreeMap<>(run.tableRows());
        names.remove(table);
        counts.remove(table);
        record(run.withTables(names, counts));
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      // What a failed publication left is finished by the next reader or writer.
      if (plans(lake.layout(), lake.files()).isEmpty()) {
        clearAway();
        lake.custody().catchUp(lake.runs());
      }
    } finally {
      lock.close();
    }
  }

  /** Carries through every publication whose plan was written. The lock must be held. */
  static void finishPublications(LakeLayout layout, LakeFiles files) throws IOException {
    for (Path plan : plans(layout, files)) {
      HostPublication publication = files.readJson(plan, HostPublication.class);
      new HostPublisher(layout, files).carryOut(publication);
    }
  }

  /** Plans of publications that have not ended. */
  static List<Path> plans(LakeLayout layout, LakeFiles files) throws IOException {
    List<Path> plans = new ArrayList<>();
    for (Path run : files.list(layout.allStaging())) {
      for (Path caseFolder : files.list(run)) {
        for (Path host : files.list(caseFolder)) {
          Path plan = new Path(host, HostPublication.FILE);
          if (files.exists(plan)) {
            plans.add(plan);
          }
        }
      }
    }
    return plans;
  }

  private void clearAway() throws IOException {
    LakeFiles files = lake.files();
    files.delete(lake.layout().allStaging());
    files.delete(lake.layout().allTrash());
    for (Path caseFolder : files.list(lake.layout().allCheckpoints())) {
      files.deleteEmpty(caseFolder);
    }
    files.deleteEmpty(lake.layout().allCheckpoints());
  }

  private void markInterrupted() throws IOException {
    for (RunRecord run : lake.runs()) {
      if (run.status().equals(RunRecord.RUNNING)) {
        record(run.ended("", RunRecord.INTERRUPTED, -1, "the command was killed", run.hosts()));
      }
    }
  }
}
