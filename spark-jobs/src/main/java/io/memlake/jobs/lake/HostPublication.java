package io.memlake.jobs.lake;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What it takes to publish a host, written before the first file moves: from then on an interrupted
 * publication is carried through, never rolled back.
 *
 * @param manifest the marker to be
 * @param sources by table, for each file of the manifest in order, where it was staged
 * @param replaced tables of the version before, whose partitions go
 */
record HostPublication(
    HostManifest manifest, Map<String, List<String>> sources, List<String> replaced) {
  /** Name of its file in the staging folder. */
  static final String FILE = "publish.json";

  HostPublication {
    sources = new TreeMap<>(sources);
  }
}
