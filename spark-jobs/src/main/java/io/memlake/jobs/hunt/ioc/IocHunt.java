package io.memlake.jobs.hunt.ioc;

import io.memlake.jobs.hunt.indicator.AllowList;
import io.memlake.jobs.hunt.indicator.Indicator;
import io.memlake.jobs.hunt.indicator.IndicatorMatcher;
import io.memlake.jobs.hunt.indicator.IndicatorSet;
import io.memlake.jobs.hunt.indicator.IndicatorType;
import io.memlake.jobs.hunt.indicator.Target;
import io.memlake.jobs.hunt.indicator.TargetTable;
import io.memlake.jobs.hunt.indicator.Targets;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.IocMatchRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Looks for indicators in all tables that may show them; each table is read once. */
public final class IocHunt {
  private final SparkSession session;
  private final LakeInventory inventory;
  private final List<Target> targets = new ArrayList<>();

  /**
   * Prepares a hunt.
   *
   * @param session with the lake's tables as views
   */
  public IocHunt(SparkSession session, LakeInventory inventory) {
    this.session = session;
    this.inventory = inventory;
    for (Target target : Targets.all()) {
      if (isThere(target) && inventory.hostsWith(List.of(target.table())) > 0) {
        targets.add(target);
      }
    }
  }

  /**
   * What a hunt gave.
   *
   * @param rows sorted rows of {@code ioc_matches}
   * @param coverage what was and was not looked for
   */
  public record Result(List<IocMatchRow> rows, List<Coverage> coverage) {

    /** Copies the lists. */
    public Result {
      rows = List.copyOf(rows);
      coverage = List.copyOf(coverage);
    }
  }

  /** Searches all hosts of the case. */
  public Result run(IndicatorSet set, AllowList allowed, String runId) {
    List<Indicator> indicators = set.indicators();
    List<IocHit> hits = new ArrayList<>();
    if (!indicators.isEmpty()) {
      Broadcast<IndicatorMatcher> matcher =
          JavaSparkContext.fromSparkContext(session.sparkContext())
              .broadcast(new IndicatorMatcher(indicators));
      try {
        Set<IndicatorType> wanted =
            indicators.stream().map(Indicator::type).collect(Collectors.toSet());
        for (String table : targets.stream().map(Target::table).distinct().toList()) {
          hits.addAll(search(table, matcher, wanted));
        }
      } finally {
        matcher.destroy();
      }
    }
    List<IocHit> whole = wholeGroups(hits, indicators);
    List<IocMatchRow> rows = new ArrayList<>();
    Map<Integer, Optional<String>> lists = new HashMap<>();
    for (IocHit hit : whole) {
      Indicator indicator = indicators.get(hit.indicator());
      Optional<String> list =
          lists.computeIfAbsent(hit.indicator(), number -> allowed.holds(indicator));
      rows.add(row(hit, indicator, list, runId));
    }
    rows.sort(Tables.byName("ioc_matches").order());
    return new Result(rows, coverage(set, whole, indicators));
  }

  private List<IocHit> search(
      String table, Broadcast<IndicatorMatcher> matcher, Set<IndicatorType> wanted) {
    List<Target> columns =
        targets.stream()
            .filter(target -> target.table().equals(table))
            .filter(target -> target.types().stream().anyMatch(wanted::contains))
            .toList();
    if (columns.isEmpty()) {
      return List.of();
    }
    TargetTable how = Targets.table(table);
    List<Column> selected =
        new ArrayList<>(
            Arrays.asList(
                functions.col("host"),
                functions.col("image_id"),
                functions.col("forensic_path"),
                functions.col("confidence").cast("int"),
                how.pid() == null
                    ? functions.lit(null).cast("int")
                    : functions.col(how.pid()).cast("int"),
                how.process() == null
                    ? functions.lit(null).cast("string")
                    : functions.expr(how.process()).cast("string"),
                functions.expr(how.key()).cast("string")));
    columns.forEach(target -> selected.add(functions.expr(target.expression()).cast("string")));
    Dataset<Row> rows =
        session
            .table(table)
            .filter(functions.col("case_id").equalTo(inventory.caseId()))
            .select(selected.toArray(Column[]::new));
    int first = targets.indexOf(columns.get(0));
    List<IocHit> found =
        new ArrayList<>(rows.toJavaRDD().mapPartitions(new IocScan(matcher, columns, 0)).collect());
    found.replaceAll(hit -> renumbered(hit, columns));
    return first < 0 ? List.of() : found;
  }

  private IocHit renumbered(IocHit hit, List<Target> columns) {
    return new IocHit(
        hit.indicator(),
        targets.indexOf(columns.get(hit.target())),
        hit.host(),
        hit.imageId(),
        hit.forensicPath(),
        hit.confidence(),
        hit.pid(),
        hit.process(),
        hit.key(),
        hit.value());
  }

  /** Hits of groups count only on hosts where every member was found. */
  private static List<IocHit> wholeGroups(List<IocHit> hits, List<Indicator> indicators) {
    Map<String, Set<Integer>> found = new HashMap<>();
    for (IocHit hit : hits) {
      String group = indicators.get(hit.indicator()).group();
      if (group != null) {
        found
            .computeIfAbsent(hit.host() + "\0" + group, key -> new HashSet<>())
            .add(hit.indicator());
      }
    }
    return hits.stream()
        .filter(
            hit -> {
              Indicator indicator = indicators.get(hit.indicator());
              return indicator.group() == null
                  || found.get(hit.host() + "\0" + indicator.group()).size()
                      >= indicator.groupSize();
            })
        .toList();
  }

  private IocMatchRow row(IocHit hit, Indicator indicator, Optional<String> list, String runId) {
    Target target = targets.get(hit.target());
    IocMatchRow row = new IocMatchRow();
    new RowOrigin(inventory.caseId(), hit.host(), hit.imageId(), runId).stamp(row);
    row.setSource("derived");
    row.setForensicPath(hit.forensicPath());
    row.setConfidence(hit.confidence());
    row.setIndicator(indicator.value());
    row.setType(indicator.type().toString());
    row.setIndicatorId(indicator.id());
    row.setIndicatorSource(indicator.source());
    row.setDescription(indicator.description());
    row.setSeverity(Severity.of(indicator.severity()).orElse(Severity.MEDIUM).toString());
    row.setAttackTechnique(
        indicator.techniques().isEmpty()
            ? null
            : indicator.techniques().stream().distinct().sorted().toList());
    row.setTable(target.table());
    row.setColumn(target.column());
    row.setKey(hit.key());
    row.setValue(hit.value());
    row.setPid(hit.pid());
    row.setProcess(hit.process());
    row.setAllowlisted(list.isPresent());
    row.setAllowlist(list.orElse(null));
    row.setExpired(indicator.expired());
    return row;
  }

  private List<Coverage> coverage(IndicatorSet set, List<IocHit> hits, List<Indicator> indicators) {
    List<Coverage> coverage = new ArrayList<>();
    Map<IndicatorType, Long> counts = new EnumMap<>(IndicatorType.class);
    Map<IndicatorType, Long> matches = new EnumMap<>(IndicatorType.class);
    indicators.forEach(indicator -> counts.merge(indicator.type(), 1L, Long::sum));
    hits.forEach(hit -> matches.merge(indicators.get(hit.indicator()).type(), 1L, Long::sum));
    counts.forEach(
        (type, count) ->
            coverage.add(ofType(type, count).withMatches(matches.getOrDefault(type, 0L))));
    for (IndicatorSet.Rejected item : set.rejected()) {
      coverage.add(
          Coverage.of(
              "indicator", item.item(), item.status(), item.reason(), 1, 0, inventory.hosts()));
    }
    if (set.duplicates() > 0) {
      coverage.add(
          Coverage.of(
              "indicator",
              "all files",
              "duplicate",
              "given more than once",
              set.duplicates(),
              inventory.hosts(),
              0));
    }
    return coverage;
  }

  private Coverage ofType(IndicatorType type, long count) {
    String never = Targets.notTestable(type);
    if (!never.isEmpty()) {
      return Coverage.of(
          "indicator_type", type.toString(), "not_testable", never, count, 0, inventory.hosts());
    }
    List<String> tables =
        targets.stream()
            .filter(target -> target.types().contains(type))
            .map(Target::table)
            .distinct()
            .toList();
    if (tables.isEmpty()) {
      String possible =
          Targets.all().stream()
              .filter(target -> target.types().contains(type))
              .map(Target::table)
              .distinct()
              .collect(Collectors.joining(", "));
      return Coverage.of(
          "indicator_type",
          type.toString(),
          "not_applicable",
          "no host has rows in " + possible,
          count,
          0,
          inventory.hosts());
    }
    int searched =
        (int)
            inventory.tables().values().stream()
                .filter(filled -> tables.stream().anyMatch(filled::contains))
                .count();
    return Coverage.of(
        "indicator_type",
        type.toString(),
        "searched",
        null,
        count,
        searched,
        inventory.hosts() - searched);
  }

  private static boolean isThere(Target target) {
    Optional<Table> table = Tables.find(target.table());
    TargetTable how = Targets.table(target.table());
    return table.isPresent()
        && target.needs().stream().allMatch(name -> table.get().column(name).isPresent())
        && how.needs().stream().allMatch(name -> table.get().column(name).isPresent());
  }
}
