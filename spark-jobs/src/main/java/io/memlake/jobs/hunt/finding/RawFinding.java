package io.memlake.jobs.hunt.finding;

import io.memlake.jobs.hunt.rule.Rule;
import io.memlake.jobs.hunt.rule.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of a rule's query.
 *
 * @param rule the rule
 * @param host the host
 * @param imageId the image, or null
 * @param pid process id, or null
 * @param process its name, or null
 * @param entity which thing it is about
 * @param detail the facts in one line
 * @param forensicPath where the bytes lie, or null
 * @param confidence of the row that it rests on, 0 to 100
 * @param severity the row's own severity, if it brings one
 * @param techniques the row's own techniques; empty for those of the rule
 */
record RawFinding(
    Rule rule,
    String host,
    String imageId,
    Integer pid,
    String process,
    String entity,
    String detail,
    String forensicPath,
    int confidence,
    Optional<Severity> severity,
    List<String> techniques) {

  /**
   * What makes two findings the same kind of thing on different hosts: the rule and the program, or
   * the entity where no program is concerned.
   */
  String kind() {
    String what = process == null ? entity : process;
    return rule.uid() + "/" + what.toLowerCase(Locale.ROOT);
  }
}
