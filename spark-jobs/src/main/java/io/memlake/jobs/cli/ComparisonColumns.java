package io.memlake.jobs.cli;

import io.memlake.jobs.fleet.Comparison;
import io.memlake.jobs.output.ResultColumn;
import java.util.Arrays;
import java.util.List;

/** Columns of comparisons. */
final class ComparisonColumns {
  static final List<ResultColumn> ALL =
      List.of(
          ResultColumn.plain("status"),
          ResultColumn.plain("kind"),
          ResultColumn.plain("key"),
          ResultColumn.plain("before"),
          ResultColumn.plain("after"),
          ResultColumn.plain("hosts"));

  private ComparisonColumns() {}

  static List<Object> values(Comparison.Line line) {
    return Arrays.asList(
        line.status(),
        line.kind(),
        line.key(),
        line.before(),
        line.after(),
        String.join(" ", line.hosts()));
  }
}
