package io.memlake.jobs.hunt.finding;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.hunt.rule.BuiltInRules;
import io.memlake.jobs.hunt.rule.Rule;
import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.HuntCoverageRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The built-in rules over a lake: whether their findings are up to date, and making them anew. */
public final class FindingsRun {
  /** Parameter of a run that stands for everything its findings rest on. */
  public static final String INPUTS = "inputs";

  /** Tables of hunts that rules read. */
  private static final Set<String> MATCHES =
      Set.of("ioc_matches", "yara_matches", "sigma_matches", "code_patches");

  private FindingsRun() {}

  /** Whether the lake holds findings made of just what it holds now. */
  public static boolean isCurrent(Lake lake, String caseId) throws IOException {
    String inputs = inputs(lake, caseId);
    return lake.runs().stream()
        .anyMatch(
            run ->
                run.caseId().equals(caseId)
                    && run.tables().containsKey("findings")
                    && inputs.equals(run.parameters().get(INPUTS)));
  }

  /** A digest over the hosts' versions, the hunts' tables and the rules. */
  public static String inputs(Lake lake, String caseId) throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    for (HostManifest host : lake.hosts()) {
      if (host.caseId().equals(caseId)) {
        add(digest, host.host() + "/" + host.version() + "/" + host.runId());
      }
    }
    for (RunRecord run : lake.runs()) {
      for (String table : run.tables().keySet()) {
        if (run.caseId().equals(caseId) && MATCHES.contains(table)) {
          add(digest, table + "/" + run.runId());
        }
      }
    }
    for (Rule rule : BuiltInRules.all()) {
      add(digest, rule.toString());
    }
    return Hex.bytes(digest.digest()).toLowerCase(Locale.ROOT);
  }

  /** Runs the built-in rules without writing anything. */
  public static FindingsResult evaluate(
      SparkSession session, Lake lake, LakeInventory inventory, String runId) throws IOException {
    LakeViews.register(session, lake);
    Optional<LocalRules> local = LocalRules.of(lake, inventory.caseId());
    try {
      return new FindingsJob(session, inventory, BuiltInRules.all(), local).run(runId);
    } finally {
      local.ifPresent(LocalRules::close);
    }
  }

  /**
   * Runs the built-in rules and writes their findings.
   *
   * @param others coverage of what else the run searched; that of other kinds stays as it was
   */
  public static FindingsResult write(
      SparkSession session, Lake lake, LakeInventory inventory, CaseRun run, List<Coverage> others)
      throws IOException {
    FindingsResult result = evaluate(session, lake, inventory, run.runId());
    List<HuntCoverageRow> coverage = kept(session, inventory.caseId(), others);
    run.replace("findings", result.findings().iterator());
    others.forEach(item -> coverage.add(item.row(run.caseId(), run.runId())));
    result.coverage().forEach(item -> coverage.add(item.row(run.caseId(), run.runId())));
    coverage.sort(Tables.byName("hunt_coverage").order());
    run.replace("hunt_coverage", coverage.iterator());
    return result;
  }

  /** Coverage of earlier hunts for kinds of things that this run did not look for. */
  private static List<HuntCoverageRow> kept(
      SparkSession session, String caseId, List<Coverage> others) {
    Set<String> kinds = new HashSet<>(Set.of("rule"));
    others.forEach(item -> kinds.add(item.kind()));
    List<HuntCoverageRow> rows = new ArrayList<>();
    for (Row row :
        session
            .table("hunt_coverage")
            .filter(functions.col("case_id").equalTo(caseId))
            .select(
                "kind",
                "item",
                "status",
                "reason",
                "items",
                "hosts_searched",
                "hosts_skipped",
                "matches",
                "run_id")
            .collectAsList()) {
      if (!kinds.contains(row.getString(0))) {
        Coverage item =
            new Coverage(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getInt(5),
                row.getInt(6),
                row.getLong(7));
        rows.add(item.row(caseId, row.getString(8)));
      }
    }
    return rows;
  }

  private static void add(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
