package io.memlake.jobs.lake;

import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A lake as a reader sees it: the published hosts and the records of the runs. */
public final class Lake {
  /** How long a reader waits for a publication in progress, which takes milliseconds. */
  private static final int SETTLE_ATTEMPTS = 50;

  private static final long SETTLE_MILLIS = 100;

  /** Tables of a case that describe it as a whole, so that each run replaces them. */
  static final Set<String> REPLACED =
      Set.of(
          "findings",
          "ioc_matches",
          "yara_matches",
          "sigma_matches",
          "hunt_coverage",
          "page_prevalence",
          "code_patches",
          "code_votes");

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
    List<HostManifest> manifests = recordedHosts();
    Optional<Path> missing = firstMissingFile(manifests);
    if (missing.isPresent()) {
      throw new FailedException(
          "The lake lacks " + Locations.text(missing.get()) + ", which its markers name");
    }
    return manifests;
  }

  /** As {@link #hosts}, even if files that they name stay away: for those who look for damage. */
  public List<HostManifest> recordedHosts() throws IOException {
    for (int attempt = 0; attempt < SETTLE_ATTEMPTS; attempt++) {
      if (LakeWriter.plans(layout, files).isEmpty() || finishInterrupted()) {
        List<HostManifest> manifests = markers();
        if (firstMissingFile(manifests).isEmpty()) {
          return manifests;
        }
      }
      pause();
    }
    return markers();
  }

  /** The current marker of one host. */
  public Optional<HostManifest> host(String caseId, String host) throws IOException {
    return latest(layout.commits(caseId, host));
  }

  /** The published files of a table, over all cases and hosts. */
  public List<String> tableFiles(String table) throws IOException {
    return tableFiles().getOrDefault(table, List.of());
  }

  /** The published files of all tables that have any, over all cases and hosts. */
  public Map<String, List<String>> tableFiles() throws IOException {
    Map<String, List<String>> paths = new TreeMap<>();
    for (HostManifest manifest : hosts()) {
      manifest
          .tables()
          .forEach(
              (table, parts) -> {
                for (DataFile part : parts) {
                  paths
                      .computeIfAbsent(table, name -> new ArrayList<>())
                      .add(partPath(manifest, table, part).toString());
                }
              });
    }
    for (RunRecord run : current(runs())) {
      run.tables()
          .forEach(
              (table, names) -> {
                for (String name : names) {
                  paths
                      .computeIfAbsent(table, key -> new ArrayList<>())
                      .add(new Path(layout.casePartition(table, run.caseId()), name).toString());
                }
              });
    }
    return paths;
  }

  /** The published files of a table of one host. */
  public List<String> tableFiles(String table, HostManifest host) {
    return host.tables().getOrDefault(table, List.of()).stream()
        .map(part -> partPath(host, table, part).toString())
        .toList();
  }

  /** Tables of the whole case that have rows. */
  public Set<String> caseTables(String caseId) throws IOException {
    Set<String> filled = new TreeSet<>();
    for (RunRecord run : current(runs())) {
      if (run.caseId().equals(caseId)) {
        run.tableRows().entrySet().stream()
            .filter(table -> table.getValue() > 0)
            .forEach(table -> filled.add(table.getKey()));
      }
    }
    return filled;
  }

  /** Rows of a table over all cases and hosts, by the markers. */
  public long rows(String table) throws IOException {
    return rows().getOrDefault(table, 0L);
  }

  /** Rows of all tables over all cases and hosts, by the markers. */
  public Map<String, Long> rows() throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    for (HostManifest manifest : hosts()) {
      manifest
          .tables()
          .keySet()
          .forEach(table -> rows.merge(table, manifest.rows(table), Long::sum));
    }
    for (RunRecord run : current(runs())) {
      run.tableRows().forEach((table, count) -> rows.merge(table, count, Long::sum));
    }
    return rows;
  }

  /**
   * The runs with those of their tables that count: of a table that each run replaces, only the
   * rows of the last run of a case.
   */
  private static List<RunRecord> current(List<RunRecord> runs) {
    Set<String> seen = new HashSet<>();
    List<RunRecord> current = new ArrayList<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunRecord run = runs.get(i);
      Map<String, List<String>> names = new TreeMap<>();
      Map<String, Long> counts = new TreeMap<>();
      run.tables()
          .forEach(
              (table, files) -> {
                if (!REPLACED.contains(table) || seen.add(run.caseId() + "/" + table)) {
                  names.put(table, files);
                  counts.put(table, run.tableRows().getOrDefault(table, 0L));
                }
              });
      current.add(run.withTables(names, counts));
    }
    java.util.Collections.reverse(current);
    return current;
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
