package io.memlake.jobs.lake;

import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A lake as a reader sees it: the published hosts and the records of the runs. */
public final class Lake {
  /** How long a reader waits for a publication in progress, which takes milliseconds. */
  private static final int SETTLE_ATTEMPTS = 50;

  private static final long SETTLE_MILLIS = 100;

  private final LakeLayout layout;
  private final LakeFiles files;

  Lake(LakeLayout layout, LakeFiles files) {
    this.layout = layout;
    this.files = files;
  }

  /**
   * Opens a lake that exists.
   *
   * @throws OperatorException when there is none at {@code location}
   */
  public static Lake open(String location, Configuration configuration) throws IOException {
    Lake lake = at(location, configuration);
    if (!lake.files.exists(lake.layout.internal())) {
      throw new OperatorException(
          "No lake at "
              + location
              + "; memlake analyze EVIDENCE --lake "
              + location
              + " makes one");
    }
    return lake;
  }

  static Lake at(String location, Configuration configuration) throws IOException {
    Path root = Locations.parse(location);
    return new Lake(new LakeLayout(root), LakeFiles.of(root, configuration));
  }

  /** Where things lie. */
  public LakeLayout layout() {
    return layout;
  }

  /** The chain of custody. */
  public CustodyLog custody() {
    return new CustodyLog(layout, files);
  }

  LakeFiles files() {
    return files;
  }

  /**
   * The current marker of every published host, by case and host. A publication under way is waited
   * for; one that was interrupted is finished first, if the lake can be written.
   */
  public List<HostManifest> hosts() throws IOException {
    for (int attempt = 0; attempt < SETTLE_ATTEMPTS; attempt++) {
      if (LakeWriter.plans(layout, files).isEmpty() || finishInterrupted()) {
        List<HostManifest> manifests = markers();
        if (firstMissingFile(manifests).isEmpty()) {
          return manifests;
        }
      }
      pause();
    }
    List<HostManifest> manifests = markers();
    Optional<Path> missing = firstMissingFile(manifests);
    if (missing.isEmpty()) {
      return manifests;
    }
    throw new FailedException(
        "The lake lacks " + Locations.text(missing.get()) + ", which its markers name");
  }

  /** The current marker of one host. */
  public Optional<HostManifest> host(String caseId, String host) throws IOException {
    return latest(layout.commits(caseId, host));
  }

  /** The published files of a table, over all cases and hosts. */
  public List<String> tableFiles(String table) throws IOException {
    List<String> paths = new ArrayList<>();
    for (HostManifest manifest : hosts()) {
      for (DataFile part : manifest.tables().getOrDefault(table, List.of())) {
        paths.add(partPath(manifest, table, part).toString());
      }
    }
    for (RunRecord run : runs()) {
      for (String name : run.tables().getOrDefault(table, List.of())) {
        paths.add(new Path(layout.casePartition(table, run.caseId()), name).toString());
      }
    }
    return paths;
  }

  /** The published files of a table of one host. */
  public List<String> tableFiles(String table, HostManifest host) {
    return host.tables().getOrDefault(table, List.of()).stream()
        .map(part -> partPath(host, table, part).toString())
        .toList();
  }

  /** Rows of a table over all cases and hosts, by the markers. */
  public long rows(String table) throws IOException {
    long rows = 0;
    for (HostManifest manifest : hosts()) {
      rows += manifest.rows(table);
    }
    for (RunRecord run : runs()) {
      rows += run.tableRows().getOrDefault(table, 0L);
    }
    return rows;
  }

  /** Records of all runs, oldest first. */
  public List<RunRecord> runs() throws IOException {
    List<RunRecord> runs = new ArrayList<>();
    for (Path file : files.list(layout.runs())) {
      if (file.getName().endsWith(".json") && !file.getName().startsWith(".")) {
        runs.add(files.readJson(file, RunRecord.class));
      }
    }
    return runs;
  }

  private List<HostManifest> markers() throws IOException {
    List<HostManifest> manifests = new ArrayList<>();
    for (Path caseFolder : files.list(layout.allCommits())) {
      for (Path hostFolder : files.list(caseFolder)) {
        latest(hostFolder).ifPresent(manifests::add);
      }
    }
    return manifests;
  }

  private Optional<HostManifest> latest(Path hostFolder) throws IOException {
    List<Path> markers =
        files.list(hostFolder).stream().filter(p -> p.getName().startsWith("v")).toList();
    return markers.isEmpty()
        ? Optional.empty()
        : Optional.of(files.readJson(markers.get(markers.size() - 1), HostManifest.class));
  }

  /** Partitions move as a whole, so one file of each tells of all. */
  private Optional<Path> firstMissingFile(List<HostManifest> manifests) throws IOException {
    for (HostManifest manifest : manifests) {
      for (String table : manifest.tables().keySet()) {
        List<DataFile> parts = manifest.tables().get(table);
        if (!parts.isEmpty()) {
          Path path = partPath(manifest, table, parts.get(0));
          if (!files.exists(path)) {
            return Optional.of(path);
          }
        }
      }
    }
    return Optional.empty();
  }

  private Path partPath(HostManifest manifest, String table, DataFile part) {
    return new Path(layout.hostPartition(table, manifest.caseId(), manifest.host()), part.path());
  }

  /** Whether nothing is left to wait for. */
  private boolean finishInterrupted() throws IOException {
    try {
      Optional<LakeLock> lock = LakeLock.tryAcquire(layout, files);
      if (lock.isEmpty()) {
        return false;
      }
      try {
        LakeWriter.finishPublications(layout, files);
      } finally {
        lock.get().close();
      }
    } catch (LakeWriteException e) {
      // A lake that may only be read shows what its markers name.
      return true;
    }
    return true;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
