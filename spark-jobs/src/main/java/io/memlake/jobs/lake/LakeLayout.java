package io.memlake.jobs.lake;

import org.apache.hadoop.fs.Path;

/**
 * Where everything lies in a lake. Knows names only and never touches a file.
 *
 * @param root the folder that {@code --lake} names
 */
public record LakeLayout(Path root) {
  private static final String INTERNAL = "_memlake";

  /** Folder of a host's rows in one table. */
  public Path hostPartition(String table, String caseId, String host) {
    return new Path(casePartition(table, caseId), "host=" + PartitionName.escape(host));
  }

  /** Folder of a case's rows in one table. */
  public Path casePartition(String table, String caseId) {
    return new Path(table(table), "case_id=" + PartitionName.escape(caseId));
  }

  /** Folder of a table. */
  public Path table(String table) {
    return new Path(root, table);
  }

  /** Folder of everything that is not a table. */
  public Path internal() {
    return new Path(root, INTERNAL);
  }

  /** The file whose lock the one writing command holds. */
  public Path lock() {
    return new Path(internal(), "lock");
  }

  /** Folder of the records of all runs. */
  public Path runs() {
    return new Path(internal(), "runs");
  }

  /** The record of one run. */
  public Path run(String runId) {
    return new Path(runs(), runId + ".json");
  }

  /** Folder of all staged hosts of all runs. */
  public Path allStaging() {
    return new Path(internal(), "staging");
  }

  /** Folder where a run gathers a host before it is published. */
  public Path staging(String runId, String caseId, String host) {
    return new Path(
        allStaging(),
        runId + "/" + PartitionName.escape(caseId) + "/" + PartitionName.escape(host));
  }

  /** Folder of all commit markers. */
  public Path allCommits() {
    return new Path(internal(), "commits");
  }

  /** Folder of the commit markers of one host. */
  public Path commits(String caseId, String host) {
    return new Path(allCommits(), PartitionName.escape(caseId) + "/" + PartitionName.escape(host));
  }

  /** Folder of the finished chunks of all hosts that are not published yet. */
  public Path allCheckpoints() {
    return new Path(internal(), "checkpoints");
  }

  /** Folder of the finished chunks of one host. */
  public Path checkpoints(String caseId, String host) {
    return new Path(
        allCheckpoints(), PartitionName.escape(caseId) + "/" + PartitionName.escape(host));
  }

  /** Folder of partitions that were replaced and wait to be deleted. */
  public Path allTrash() {
    return new Path(internal(), "trash");
  }

  /** Where a run moves what it replaces of a host. */
  public Path trash(String runId, String caseId, String host) {
    return new Path(
        allTrash(), runId + "/" + PartitionName.escape(caseId) + "/" + PartitionName.escape(host));
  }

  /** Folder of the chain of custody. */
  public Path custody() {
    return new Path(internal(), "custody");
  }

  /** Definitions of all tables and views for Spark, DuckDB and Trino. */
  public Path views() {
    return new Path(internal(), "views.sql");
  }
}
