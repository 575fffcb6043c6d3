package io.memlake.jobs.hunt.yara;

import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.YaraMatchRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a YARA hunt gave.
 *
 * @param rows sorted rows of {@code yara_matches}
 * @param coverage what was and was not looked for
 */
public record YaraResult(List<YaraMatchRow> rows, List<Coverage> coverage) {
  private static final String KIND = "yara";

  /** Copies the lists. */
  public YaraResult {
    rows = List.copyOf(rows);
    coverage = List.copyOf(coverage);
  }

  static YaraResult of(
      YaraHunt.Rules rules, Map<String, String> rejected, List<YaraHunt.HostResult> hosts) {
    List<YaraMatchRow> rows = new ArrayList<>();
    hosts.forEach(host -> rows.addAll(host.result().rows));
    rows.sort(Tables.byName("yara_matches").order());
    int searched = (int) hosts.stream().filter(host -> host.result().error.isEmpty()).count();
    int skipped = hosts.size() - searched;
    List<Coverage> coverage = new ArrayList<>();
    rejected.forEach(
        (rule, why) ->
            coverage.add(Coverage.of(KIND, rule, "unsupported", why, 1, 0, hosts.size())));
    long regions = hosts.stream().mapToLong(host -> host.result().regions).sum();
    long evaluated = hosts.stream().mapToLong(host -> host.result().regionsEvaluated).sum();
    long loose = hosts.stream().mapToLong(host -> host.result().loosePages).sum();
    for (YaraSource source : rules.all().sources()) {
      long found = rows.stream().filter(row -> row.getNamespace().equals(source.name())).count();
      coverage.add(
          Coverage.searched(KIND, source.name(), searched, skipped)
              .withMatches(found)
              .withReason(
                  "all RAM, page files and compressed pages searched for literals; rules tried on "
                      + evaluated
                      + " of "
                      + regions
                      + " regions of processes and the kernel and on "
                      + loose
                      + " pages of none"));
    }
    for (String rule : rules.gate().ungated()) {
      coverage.add(
          Coverage.searched(KIND, "rule " + rule, searched, skipped)
              .withReason(
                  "no literal of four bytes or more that it needs: tried on every region, not on pages of no process"));
    }
    for (YaraHunt.HostResult host : hosts) {
      if (!host.result().error.isEmpty()) {
        coverage.add(skipped("host " + host.host(), host.result().error));
      }
      host.result().problems.forEach((where, why) -> coverage.add(skipped(where, why)));
    }
    return new YaraResult(rows, coverage);
  }

  private static Coverage skipped(String what, String why) {
    return Coverage.of(KIND, what, "skipped", why, 1, 0, 1);
  }
}
