package io.memlake.jobs.lake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a lake held at one moment, read from its markers once.
 *
 * @param layout where things lie
 * @param cases names of all cases, sorted
 * @param files the published files of every table that has any, over all cases and hosts
 * @param counts rows by table, over all cases and hosts
 */
public record LakeSnapshot(
    LakeLayout layout,
    List<String> cases,
    Map<String, List<String>> files,
    Map<String, Long> counts) {

  /** Copies what it is given, so that the snapshot stays as it is. */
  public LakeSnapshot {
    cases = List.copyOf(cases);
    files = new TreeMap<>(files);
    counts = new TreeMap<>(counts);
  }

  /** Reads the markers of a lake; waits for a publication that is under way. */
  public static LakeSnapshot of(Lake lake) throws IOException {
    TreeSet<String> cases = new TreeSet<>();
    lake.hosts().forEach(host -> cases.add(host.caseId()));
    lake.runs().forEach(run -> cases.add(run.caseId()));
    return new LakeSnapshot(lake.layout(), List.copyOf(cases), lake.tableFiles(), lake.rows());
  }

  /** The published files of a table. */
  public List<String> files(String table) {
    return files.getOrDefault(table, List.of());
  }

  /** Rows of a table, by the markers. */
  public long rows(String table) {
    return counts.getOrDefault(table, 0L);
  }
}
