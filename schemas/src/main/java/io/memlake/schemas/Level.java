package io.memlake.schemas;

import java.util.List;

/** How the rows of a table are laid out in a lake. */
public enum Level {
  /** Rows belong to a host and are published and replaced with it. */
  HOST,
  /** Rows belong to the case as a whole. */
  CASE;

  /** Columns that name the folders of a table, outermost first. */
  public List<String> partitionColumns() {
    return this == HOST ? List.of("case_id", "host") : List.of("case_id");
  }

  static Level byName(String name) {
    for (Level level : values()) {
      if (level.toString().equals(name)) {
        return level;
      }
    }
    throw new IllegalArgumentException("Level \"" + name + "\" is neither host nor case");
  }

  /** The word in the schemas. */
  @Override
  public String toString() {
    return this == HOST ? "host" : "case";
  }
}
