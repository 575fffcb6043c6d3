package io.memlake.jobs.tree;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process with those it started. */
final class ProcessNode {
  final Map<String, Object> row;
  final List<ProcessNode> children = new ArrayList<>();
  private ProcessNode parent;

  ProcessNode(Map<String, Object> row) {
    this.row = row;
  }

  String text(String column) {
    Object value = row.get(column);
    return value == null ? "" : value.toString();
  }

  boolean isRoot() {
    return parent == null;
  }

  /**
   * Becomes a child of the process that started it. Ids are used again, so that must be older; of
   * several it is the youngest. {@code candidates} have the id and are sorted by time.
   */
  void findParent(List<ProcessNode> candidates) {
    for (ProcessNode candidate : candidates) {
      if (candidate != this && isOlder(candidate) && !candidate.descendsFrom(this)) {
        parent = candidate;
      }
    }
    if (parent != null) {
      parent.children.add(this);
    }
  }

  private boolean isOlder(ProcessNode other) {
    return !(row.get("create_time") instanceof Instant mine)
        || !(other.row.get("create_time") instanceof Instant theirs)
        || !theirs.isAfter(mine);
  }

  /** Times of one moment, or none, could make a ring. */
  private boolean descendsFrom(ProcessNode ancestor) {
    for (ProcessNode at = this; at != null; at = at.parent) {
      if (at == ancestor) {
        return true;
      }
    }
    return false;
  }
}
