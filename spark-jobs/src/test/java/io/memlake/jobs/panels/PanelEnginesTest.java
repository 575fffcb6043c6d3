package io.memlake.jobs.panels;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.panels.PanelAnswer.State;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.session.TestSpark;
import io.memlake.jobs.sql.SparkLake;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PanelEnginesTest {
  private static final int MAX_ROWS = 5000;

  private static LakeDatabase duckDb;
  private static LakeDatabase spark;

  @BeforeAll
  static void open() throws IOException {
    duckDb = DuckDbLake.open(DemoLake.snapshot(), "default");
    spark = SparkLake.open(TestSpark.session(), DemoLake.snapshot(), "default");
  }

  @AfterAll
  static void close() {
    duckDb.close();
    spark.close();
  }

  @Test
  void bothEnginesAnswerEveryPanelAlike() {
    for (Panel panel : Panels.all()) {
      Map<String, Object> parameters = parameters(panel);
      PanelAnswer one = PanelAnswer.of(panel, duckDb, parameters, MAX_ROWS);
      PanelAnswer other = PanelAnswer.of(panel, spark, parameters, MAX_ROWS);
      assertThat(one.state()).as(panel.id() + ": " + one.message()).isNotEqualTo(State.FAILED);
      assertThat(other.message()).as(panel.id()).isEqualTo(one.message());
      assertThat(other.columns()).as(panel.id()).isEqualTo(one.columns());
      assertThat(texts(other)).as(panel.id()).isEqualTo(texts(one));
      assertThat(one.cut()).as(panel.id()).isFalse();
    }
  }

  @Test
  void bothEnginesCountTheRowsThatTheMarkersName() throws IOException {
    for (Table table : Tables.all()) {
      String count = "SELECT count(*) FROM " + table.name();
      List<List<Object>> expected = List.of(List.of(DemoLake.snapshot().rows(table.name())));
      assertThat(duckDb.ask(count, Map.of(), 2).rows()).as(table.name()).isEqualTo(expected);
      assertThat(spark.ask(count, Map.of(), 2).rows()).as(table.name()).isEqualTo(expected);
    }
  }

  @Test
  void thePlantedIntrusionIsSeen() {
    assertThat(rows("hidden"))
        .anySatisfy(row -> assertThat(row).contains("WS-BOB", 5252, "svchost.exe", "running"));
    assertThat(rows("rare_drivers"))
        .anySatisfy(row -> assertThat(row.toString()).contains("APP02"));
    assertThat(rows("process_tree"))
        .filteredOn(row -> row.get(row.size() - 1).toString().contains("unusual parent"))
        .anySatisfy(row -> assertThat(row).contains("WS-BOB", "svchost.exe"));
  }

  private static List<List<Object>> rows(String panel) {
    return PanelAnswer.of(Panels.find(panel).orElseThrow(), duckDb, Map.of(), MAX_ROWS).rows();
  }

  static Map<String, Object> parameters(Panel panel) {
    Map<String, Object> all =
        Map.of(
            "host",
            "WS-BOB",
            "pid",
            5252,
            "eprocess",
            0L,
            "a",
            "WS-ALICE",
            "b",
            "WS-BOB",
            "from",
            "2023-06-01T00:00:00Z",
            "to",
            "2023-06-02T00:00:00Z");
    Map<String, Object> own = new HashMap<>(all);
    own.keySet().retainAll(panel.parameters());
    assertThat(own).hasSameSizeAs(panel.parameters());
    return own;
  }

  /** Whole numbers of different widths and decimals are the same number. */
  private static List<List<String>> texts(PanelAnswer answer) {
    return answer.rows().stream().map(row -> row.stream().map(String::valueOf).toList()).toList();
  }
}
