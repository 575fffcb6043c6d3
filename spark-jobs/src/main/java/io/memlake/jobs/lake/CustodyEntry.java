package io.memlake.jobs.lake;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the custody log keeps of one run that ended. It names no rows and no evidence itself: the
 * markers do, down to the hash of every file, and the entry holds the hashes of the markers.
 *
 * @param number counts up from 1
 * @param previousSha256 of the text of the entry before; 64 zeros in the first
 * @param writtenAt ISO-8601
 * @param runId the run
 * @param runSha256 of the text of its record
 * @param markers SHA-256 of the text of each marker that the run published and that stood when the
 *     entry was written, by the marker's path below the commits
 */
public record CustodyEntry(
    long number,
    String previousSha256,
    String writtenAt,
    String runId,
    String runSha256,
    Map<String, String> markers) {

  /** Sorts the markers, so that equal entries have equal texts. */
  public CustodyEntry {
    markers = new TreeMap<>(markers);
  }
}
