package io.memlake.jobs.fleet.code;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.session.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads from the evidence what hashes cannot tell, in three steps that Spark spreads: open each
 * host and see which relocations it has, fetch each table from one host, read the pages.
 */
final class CodeEvidence {
  /** Pages that are read again in one run; builds with the fewest differences come first. */
  private static final int MAX_PAGES = 400_000;

  /** Bytes of tables of relocations that are sent to tasks. */
  private static final long MAX_TABLES = 256L << 20;

  private static final StructType READ =
      new StructType()
          .add("module", DataTypes.StringType)
          .add("size", DataTypes.LongType)
          .add("timestamp", DataTypes.LongType)
          .add("guid", DataTypes.StringType)
          .add("base", DataTypes.LongType)
          .add("rva", DataTypes.LongType)
          .add("page_hash", DataTypes.LongType)
          .add("moved_hash", DataTypes.LongType)
          .add("lines", DataTypes.BinaryType);

  private static final StructType TABLE =
      new StructType()
          .add("module", DataTypes.StringType)
          .add("size", DataTypes.LongType)
          .add("timestamp", DataTypes.LongType)
          .add("guid", DataTypes.StringType)
          .add("relocations_host", DataTypes.StringType);

  private final SparkSession session;
  private final String lake;
  private final String caseId;
  private final List<ModuleBuild> builds = new ArrayList<>();
  private final Map<ModuleBuild, Integer> numbers = new HashMap<>();

  /** Tables of relocations by number of the build. */
  private record Tables(HashMap<Integer, byte[]> byBuild) implements Serializable {}

  CodeEvidence(SparkSession session, String lake, String caseId) {
    this.session = session;
    this.lake = lake;
    this.caseId = caseId;
  }

  /** Makes the views {@code memlake_code_read} and {@code memlake_code_tables}. */
  void read() {
    Map<String, List<CodePage>> pages = pages();
    List<Row> read = new ArrayList<>();
    List<Row> tables = new ArrayList<>();
    if (!pages.isEmpty()) {
      read(pages, read, tables);
    }
    session.createDataFrame(read, READ).createOrReplaceTempView("memlake_code_read");
    session.createDataFrame(tables, TABLE).createOrReplaceTempView("memlake_code_tables");
  }

  /** One page for each content that differs, by the host that it is read from. */
  private Map<String, List<CodePage>> pages() {
    Map<String, List<CodePage>> pages = new TreeMap<>();
    for (Row row : session.sql(CodeSql.wanted(MAX_PAGES)).collectAsList()) {
      ModuleBuild build =
          new ModuleBuild(
              row.getAs("module"), row.getAs("size"), row.getAs("timestamp"), row.getAs("guid"));
      int number = numbers.computeIfAbsent(build, this::number);
      pages
          .computeIfAbsent(row.getAs("host"), host -> new ArrayList<>())
          .add(
              new CodePage(
                  number,
                  row.getAs("pid"),
                  row.getAs("base"),
                  row.getAs("rva"),
                  row.getAs("page_hash")));
    }
    return pages;
  }

  private int number(ModuleBuild build) {
    builds.add(build);
    return builds.size() - 1;
  }

  private void read(Map<String, List<CodePage>> pages, List<Row> read, List<Row> tables) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<HadoopEvidence> evidence =
        spark.broadcast(new HadoopEvidence(spark.hadoopConfiguration()));
    Broadcast<Tables> sent = null;
    try {
      List<CodeHost.Opening> openings = new ArrayList<>();
      pages.forEach((host, wanted) -> openings.add(opening(host, wanted)));
      List<CodeHost> hosts =
          Tasks.run(spark, "code open", openings, one -> one.run(evidence.value()), host -> {});
      List<CodeTable> chosen = CodeTable.choose(hosts, openings);
      sent = spark.broadcast(tables(spark, evidence, chosen, tables));
      Broadcast<Tables> relocations = sent;
      List<CodeReading> readings = new ArrayList<>();
      hosts.forEach(
          host -> readings.add(new CodeReading(host, new ArrayList<>(pages.get(host.name())))));
      Tasks.run(
              spark,
              "code read",
              readings,
              one -> one.run(evidence.value(), relocations.value().byBuild()),
              result -> {})
          .forEach(result -> result.forEach(page -> read.add(row(page))));
    } finally {
      if (sent != null) {
        sent.destroy();
      }
      evidence.destroy();
    }
  }

  private CodeHost.Opening opening(String host, List<CodePage> wanted) {
    Map<Integer, CodeHost.Place> places = new TreeMap<>();
    for (CodePage page : wanted) {
      places.putIfAbsent(page.build(), new CodeHost.Place(page.build(), page.pid(), page.base()));
    }
    return new CodeHost.Opening(lake, caseId, host, new ArrayList<>(places.values()));
  }

  private Tables tables(
      JavaSparkContext spark,
      Broadcast<HadoopEvidence> evidence,
      List<CodeTable> chosen,
      List<Row> rows) {
    HashMap<Integer, byte[]> tables = new HashMap<>();
    List<TreeMap<Integer, byte[]>> found =
        Tasks.run(spark, "code tables", chosen, one -> one.run(evidence.value()), result -> {});
    long total = 0;
    for (int i = 0; i < found.size(); i++) {
      for (Map.Entry<Integer, byte[]> table : found.get(i).entrySet()) {
        total += table.getValue().length;
        if (total <= MAX_TABLES) {
          tables.put(table.getKey(), table.getValue());
          ModuleBuild build = builds.get(table.getKey());
          rows.add(
              RowFactory.create(
                  build.module(),
                  build.size(),
                  build.timestamp(),
                  build.guid(),
                  chosen.get(i).host().name()));
        }
      }
    }
    return new Tables(tables);
  }

  private Row row(CodeReading.Read read) {
    ModuleBuild build = builds.get(read.page.build());
    return RowFactory.create(
        build.module(),
        build.size(),
        build.timestamp(),
        build.guid(),
        read.page.base(),
        read.page.rva(),
        read.page.hash(),
        read.moved,
        read.lines);
  }
}
