package io.memlake.jobs.task;

import io.memlake.schemas.row.PageRow;
import java.util.Locale;

/** Which pages have a row. */
public enum PageSelection {
  /** Every page. */
  ALL,
  /** Pages that some page-table entry allows to execute: code, and what is injected. */
  EXECUTABLE;

  boolean has(PageRow row) {
    return this == ALL || Boolean.TRUE.equals(row.getExecutable());
  }

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
