package io.memlake.jobs.lake;

import io.memlake.jobs.evidence.Fingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * The chain of custody of a lake: an entry for every run that ended, each holding the hash of the
 * one before. Nothing can be changed, taken out or put in without breaking the chain, except at its
 * end; whoever must defend the end notes the head that {@code memlake verify} prints.
 *
 * <p>An entry is a file, since object stores cannot append.
 */
public final class CustodyLog {
  private static final String NO_ENTRY = "0".repeat(64);

  private final LakeLayout layout;
  private final LakeFiles files;

  CustodyLog(LakeLayout layout, LakeFiles files) {
    this.layout = layout;
    this.files = files;
  }

  /**
   * Adds an entry for every ended run that has none. A run that was killed gets its entry from the
   * next writer. The lock of the lake must be held.
   */
  void catchUp(List<RunRecord> runs) throws IOException {
    List<Path> entries = entryFiles();
    Set<String> entered = new HashSet<>();
    for (Path entry : entries) {
      entered.add(runOf(entry));
    }
    String previous =
        entries.isEmpty()
            ? NO_ENTRY
            : Fingerprint.sha256(files.readText(entries.get(entries.size() - 1)));
    long number = entries.isEmpty() ? 0 : numberOf(entries.get(entries.size() - 1));
    Map<String, Map<String, String>> markers = null;
    for (RunRecord run : runs) {
      if (run.status().equals(RunRecord.RUNNING) || entered.contains(run.runId())) {
        continue;
      }
      markers = markers == null ? markersByRun() : markers;
      CustodyEntry entry =
          new CustodyEntry(
              ++number,
              previous,
              Instant.now().toString(),
              run.runId(),
              Fingerprint.sha256(files.readText(layout.run(run.runId()))),
              markers.getOrDefault(run.runId(), Map.of()));
      Path file = new Path(layout.custody(), String.format("%08d-%s.json", number, run.runId()));
      files.writeJson(file, entry);
      previous = Fingerprint.sha256(files.readText(file));
    }
  }

  /** Hash of the last entry; 64 zeros when there is none. */
  public String head() throws IOException {
    List<Path> entries = entryFiles();
    return entries.isEmpty()
        ? NO_ENTRY
        : Fingerprint.sha256(files.readText(entries.get(entries.size() - 1)));
  }

  /** Number of entries. */
  public int length() throws IOException {
    return entryFiles().size();
  }

  /**
   * Follows the chain and compares it with the lake.
   *
   * @return what does not fit, one line each; empty when all does
   */
  public List<String> violations() throws IOException {
    List<String> violations = new ArrayList<>();
    Map<String, String> markers = new TreeMap<>();
    Map<String, String> runs = new TreeMap<>();
    String previous = NO_ENTRY;
    long number = 0;
    for (Path file : entryFiles()) {
      number++;
      CustodyEntry entry;
      try {
        entry = files.readJson(file, CustodyEntry.class);
      } catch (IOException e) {
        violations.add(e.getMessage());
        previous = Fingerprint.sha256(files.readText(file));
        continue;
      }
      if (entry.number() != number || numberOf(file) != number) {
        violations.add("entry " + file.getName() + " is not number " + number + " of the log");
        number = entry.number();
      }
      if (!entry.previousSha256().equals(previous)) {
        violations.add("entry " + file.getName() + " does not follow the one before it");
      }
      runs.put(entry.runId(), entry.runSha256());
      markers.putAll(entry.markers());
      previous = Fingerprint.sha256(files.readText(file));
    }
    compareRuns(runs, violations);
    compareMarkers(markers, runs.keySet(), violations);
    return violations;
  }

  private void compareRuns(Map<String, String> entered, List<String> violations)
      throws IOException {
    for (Map.Entry<String, String> run : entered.entrySet()) {
      Path file = layout.run(run.getKey());
      if (!files.exists(file)) {
        violations.add("the record of run " + run.getKey() + " is gone");
      } else if (!Fingerprint.sha256(files.readText(file)).equals(run.getValue())) {
        violations.add("the record of run " + run.getKey() + " was changed after it was entered");
      }
    }
  }

  /** What the newest entry of each host says must be what the lake shows now. */
  private void compareMarkers(
      Map<String, String> entered, Set<String> enteredRuns, List<String> violations)
      throws IOException {
    Map<String, String> newest = new TreeMap<>();
    entered.forEach((marker, hash) -> newest.put(hostOf(marker), marker));
    Map<String, Map<String, String>> byRun = markersByRun();
    for (Map.Entry<String, Map<String, String>> run : byRun.entrySet()) {
      for (Map.Entry<String, String> marker : run.getValue().entrySet()) {
        newest.remove(hostOf(marker.getKey()));
        String recorded = entered.get(marker.getKey());
        if (recorded == null && enteredRuns.contains(run.getKey())) {
          violations.add("marker " + marker.getKey() + " is not in the entry of its run");
        } else if (recorded != null && !recorded.equals(marker.getValue())) {
          violations.add("marker " + marker.getKey() + " was changed after it was entered");
        }
      }
    }
    for (String gone : newest.values()) {
      violations.add("marker " + gone + " is gone, and none has replaced it");
    }
  }

  private static String hostOf(String marker) {
    return marker.substring(0, marker.lastIndexOf('/'));
  }

  /** Hashes of the current markers, by run and by path below the commits. */
  private Map<String, Map<String, String>> markersByRun() throws IOException {
    Map<String, Map<String, String>> byRun = new HashMap<>();
    for (Path caseFolder : files.list(layout.allCommits())) {
      for (Path hostFolder : files.list(caseFolder)) {
        for (Path marker : files.list(hostFolder)) {
          if (marker.getName().startsWith("v")) {
            String name =
                caseFolder.getName() + "/" + hostFolder.getName() + "/" + marker.getName();
            byRun
                .computeIfAbsent(
                    files.readJson(marker, HostManifest.class).runId(), run -> new TreeMap<>())
                .put(name, Fingerprint.sha256(files.readText(marker)));
          }
        }
      }
    }
    return byRun;
  }

  private List<Path> entryFiles() throws IOException {
    return files.list(layout.custody()).stream()
        .filter(file -> file.getName().matches("[0-9]{8}-.*\\.json"))
        .toList();
  }

  private static long numberOf(Path entry) {
    return Long.parseLong(entry.getName().substring(0, entry.getName().indexOf('-')));
  }

  private static String runOf(Path entry) {
    String name = entry.getName();
    return name.substring(name.indexOf('-') + 1, name.length() - ".json".length());
  }
}
