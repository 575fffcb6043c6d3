package io.memlake.jobs.hunt.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.memlake.jobs.duckdb.JsonLake;
import io.memlake.jobs.hunt.rule.BuiltInRules;
import io.memlake.jobs.hunt.rule.Rule;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.rows.RowSchema;
import io.memlake.jobs.session.TestSpark;
import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.FindingRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every rule over its own small case: it finds the host named bad, and nothing on the others. The
 * case of a rule is named after it, so that one Spark job serves all.
 */
class BuiltInRulesGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/hunts");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Rule> RULES = new TreeMap<>();
  private static final Map<String, Set<String>> FOUND = new TreeMap<>();
  private static final Map<String, Coverage> COVERAGE = new TreeMap<>();
  private static final Map<String, Set<String>> HOSTS = new TreeMap<>();
  private static final Set<String> GUESSED = new TreeSet<>();
  private static final Map<String, List<FindingRow>> IN_SPARK = new TreeMap<>();
  private static final Map<String, Map<String, List<String>>> LINES = new TreeMap<>();

  @TempDir private static Path folder;

  @BeforeAll
  static void runAllRules() throws IOException {
    SparkSession session = TestSpark.session().newSession();
    // Rows are few and plans many: compiling each would take most of the time.
    session.conf().set("spark.sql.codegen.wholeStage", "false");
    session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    Map<String, List<String>> rows = new TreeMap<>();
    Map<String, Set<String>> hosts = HOSTS;
    for (Rule rule : BuiltInRules.all()) {
      RULES.put(rule.uid(), rule);
      for (JsonNode line : lines(rule.uid(), ".in.jsonl")) {
        ObjectNode row = (ObjectNode) line;
        String table = row.remove("@table").asText();
        complete(row, rule.uid(), table);
        rows.computeIfAbsent(table, name -> new ArrayList<>()).add(row.toString());
        LINES
            .computeIfAbsent(rule.uid(), uid -> new TreeMap<>())
            .computeIfAbsent(table, name -> new ArrayList<>())
            .add(row.toString());
        hosts.computeIfAbsent(row.get("host").asText(), name -> new TreeSet<>()).add(table);
      }
    }
    for (Table table : Tables.all()) {
      view(session, table.name(), RowSchema.of(table), rows.getOrDefault(table.name(), List.of()));
    }
    rows.forEach(
        (table, lines) -> {
          if (Tables.find(table).isEmpty()) {
            GUESSED.add(table);
            view(session, table, null, lines);
          }
        });
    for (Rule rule : RULES.values()) {
      LakeInventory inventory =
          new LakeInventory(
              rule.uid(),
              hosts,
              Map.of(),
              Tables.names().stream().collect(java.util.stream.Collectors.toSet()));
      FindingsResult result = new FindingsJob(session, inventory, List.of(rule)).run("run");
      IN_SPARK.put(rule.uid(), result.findings());
      for (FindingRow finding : result.findings()) {
        FOUND
            .computeIfAbsent(rule.uid(), uid -> new TreeSet<>())
            .add(finding.getHost() + " " + finding.getPid());
      }
      COVERAGE.put(rule.uid(), result.coverage().get(0));
    }
  }

  @AfterAll
  static void sayWhatIsGuessed() {
    assertThat(GUESSED).doesNotContainAnyElementsOf(Tables.names());
  }

  @Test
  void everyRuleFileIsListedAndHasAGoldenCase() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/hunts"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".yaml")).count())
          .isEqualTo(RULES.size());
    }
    for (Rule rule : RULES.values()) {
      assertThat(lines(rule.uid(), ".in.jsonl")).as(rule.uid()).isNotEmpty();
      assertThat(lines(rule.uid(), ".out.jsonl")).as(rule.uid()).isNotEmpty();
    }
  }

  @Test
  void everyRuleCanBeRunOverTheTablesItNames() {
    COVERAGE.forEach((uid, coverage) -> assertThat(coverage.reason()).as(uid).isNull());
  }

  @Test
  void everyRuleFindsItsBadHostAndNoOther() throws IOException {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (Rule rule : RULES.values()) {
      Set<String> hosts = new TreeSet<>();
      for (JsonNode line : lines(rule.uid(), ".out.jsonl")) {
        hosts.add(line.get("host").asText() + " " + line.get("pid").asText());
      }
      expected.put(rule.uid(), hosts);
    }
    expected.forEach((uid, hosts) -> assertThat(FOUND.get(uid)).as(uid).isEqualTo(hosts));
    assertThat(FOUND.keySet()).isEqualTo(expected.keySet());
  }

  @Test
  void everyRuleFindsInDuckDbWhatItFindsInSpark() throws IOException, SQLException {
    for (Rule rule : RULES.values()) {
      Path own = Files.createDirectories(folder.resolve(rule.uid()));
      try (LocalRules local = new LocalRules(new JsonLake(own, LINES.get(rule.uid())))) {
        List<FindingRow> found =
            new ArrayList<>(
                new FindingRows(rule.uid(), "run", HOSTS.size(), local.verdicts())
                    .of(local.find(rule, 1_000)));
        found.sort(Tables.byName("findings").order());
        assertThat(found).as(rule.uid()).isEqualTo(IN_SPARK.get(rule.uid()));
      }
    }
  }

  private static List<JsonNode> lines(String uid, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().equals(uid + suffix))
              .findFirst()
              .orElseThrow(() -> new AssertionError("No golden case of " + uid));
      List<JsonNode> nodes = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        nodes.add(JSON.readTree(line));
      }
      return nodes;
    }
  }

  /** Fills in what every row has and checks that the table has the columns. */
  private static void complete(ObjectNode row, String caseId, String table) {
    row.put("case_id", caseId);
    for (String common : List.of("image_id", "run_id", "source")) {
      row.put(common, "0123456789abcdef");
    }
    row.put("confidence", 100);
    row.put("forensic_path", "phys:0x1000");
    if (Tables.find(table).isPresent()) {
      List<String> names = Tables.byName(table).columns().stream().map(Column::name).toList();
      row.fieldNames()
          .forEachRemaining(name -> assertThat(names).as(caseId + " " + table).contains(name));
    }
  }

  private static void view(
      SparkSession session, String name, StructType schema, List<String> lines) {
    Encoder<String> strings = session.implicits().newStringEncoder();
    Dataset<String> text = session.createDataset(lines, strings);
    Dataset<Row> rows =
        schema == null
            ? session.read().json(text)
            : session.read().schema(schema).option("mode", "FAILFAST").json(text);
    rows.createOrReplaceTempView(name);
  }
}
