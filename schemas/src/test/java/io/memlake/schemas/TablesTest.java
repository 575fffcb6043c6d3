package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.RunRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class TablesTest {
  private static final List<String> COMMON =
      List.of(
          "case_id",
          "host",
          "image_id",
          "run_id",
          "source",
          "layer",
          "forensic_path",
          "confidence");

  /** Names that users and acceptance checks rely on. */
  private static final Map<String, List<String>> PROMISED =
      Map.of(
          "processes",
          List.of(
              "pid",
              "ppid",
              "image_file_name",
              "create_time",
              "exit_time",
              "eprocess",
              "dtb",
              "peb",
              "command_line",
              "path",
              "session_id",
              "wow64",
              "threads",
              "handles",
              "in_pslist",
              "in_psscan",
              "in_threads",
              "in_handles"),
          "modules",
          List.of("pid", "process", "base", "size", "name", "path"),
          "hosts",
          List.of("host", "nt_build", "arch", "kernel_pdb_guid", "kernel_base", "dtb", "ram_bytes"),
          "pages",
          List.of("pfn", "page_hash", "kind", "pid", "va"));

  @Test
  void everySchemaFileIsRegisteredUnderItsOwnName() throws IOException {
    assertThat(Tables.names())
        .containsExactlyInAnyOrderElementsOf(GoldenFiles.stems(GoldenFiles.AVRO, ".avsc"));
  }

  @Test
  void rowTypesAreGeneratedFromTheSchemaFiles() throws IOException {
    for (Table table : Tables.all()) {
      Schema file =
          new Schema.Parser()
              .parse(Files.readString(GoldenFiles.AVRO.resolve(table.name() + ".avsc")));
      assertThat(Table.of(file).columns()).as(table.name()).isEqualTo(table.columns());
      assertThat(file.getName()).endsWith("Row");
      assertThat(file.getNamespace()).isEqualTo("io.memlake.schemas.row");
    }
  }

  @Test
  void everyTableBeginsWithTheCommonColumns() {
    for (Table table : Tables.all()) {
      assertThat(table.columns().subList(0, COMMON.size()))
          .as(table.name())
          .extracting(Column::name)
          .isEqualTo(COMMON);
    }
  }

  @Test
  void commonColumnsMeanTheSameInAllTablesOfALevel() {
    for (Level level : Level.values()) {
      List<Table> tables = Tables.all().stream().filter(t -> t.level() == level).toList();
      for (String name : COMMON) {
        assertThat(tables.stream().map(table -> table.column(name).orElseThrow().doc()).distinct())
            .as(name)
            .hasSize(1);
        assertThat(tables.stream().map(table -> table.column(name).orElseThrow().type()).distinct())
            .as(name)
            .hasSize(1);
      }
    }
  }

  @Test
  void partitionColumnsAreNeverNull() {
    for (Table table : Tables.all()) {
      for (String name : table.partitionColumns()) {
        assertThat(table.column(name).orElseThrow().nullable())
            .as(table.name() + "." + name)
            .isFalse();
      }
    }
  }

  @Test
  void rowsAreOrderedByTheirPartitionFirst() {
    for (Table table : Tables.all()) {
      List<String> partition = table.partitionColumns();
      assertThat(table.sort().subList(0, partition.size())).as(table.name()).isEqualTo(partition);
    }
  }

  @Test
  void rowsAreOrderedByComparableColumnsOnly() {
    Set<ColumnType> lists = Set.of(ColumnType.STRING_LIST, ColumnType.LONG_LIST, ColumnType.BINARY);
    for (Table table : Tables.all()) {
      assertThat(table.sort())
          .extracting(name -> table.column(name).orElseThrow().type())
          .as(table.name())
          .doesNotContainAnyElementsOf(lists);
    }
  }

  @Test
  void namesAreSnakeCase() {
    for (Table table : Tables.all()) {
      assertThat(table.name()).matches("[a-z][a-z0-9_]*");
      assertThat(table.columns())
          .extracting(Column::name)
          .allSatisfy(name -> assertThat(name).as(table.name()).matches("[a-z][a-z0-9_]*"));
    }
  }

  @Test
  void promisedColumnsAreThere() {
    PROMISED.forEach(
        (table, columns) ->
            assertThat(Tables.byName(table).columns())
                .as(table)
                .extracting(Column::name)
                .containsAll(columns));
  }

  @Test
  void nullableColumnsDefaultToNull() {
    for (Table table : Tables.all()) {
      for (Schema.Field field : table.avro().getFields()) {
        if (field.schema().isNullable()) {
          assertThat(field.hasDefaultValue()).as(table.name() + "." + field.name()).isTrue();
          assertThat(field.defaultVal()).isSameAs(JsonProperties.NULL_VALUE);
        } else {
          assertThat(field.hasDefaultValue()).as(table.name() + "." + field.name()).isFalse();
        }
      }
    }
  }

  @Test
  void tablesAreFoundByRowTypeAndByRow() {
    assertThat(Tables.ofRow(ProcessRow.class).name()).isEqualTo("processes");
    assertThat(Tables.of(new RunRow()).name()).isEqualTo("runs");
    assertThatThrownBy(() -> Tables.ofRow(SpecificRecord.class))
        .hasMessage("org.apache.avro.specific.SpecificRecord is not the row type of a table");
  }

  @Test
  void anUnknownTableNamesThoseThereAre() {
    assertThatThrownBy(() -> Tables.byName("process"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No table \"process\"; there are: evidence hosts runs ");
    assertThat(Tables.find("process")).isEmpty();
  }

  @Test
  void aSchemaThatLacksWhatATableNeedsIsRefusedByName() {
    Schema noDoc = SchemaBuilder.record("A").fields().requiredInt("n").endRecord();
    noDoc.addProp("table", "a");
    noDoc.addProp("level", "host");
    assertThatThrownBy(() -> Table.of(noDoc)).hasMessage("A: Column n has no doc");

    Schema noLevel = SchemaBuilder.record("B").fields().endRecord();
    noLevel.addProp("level", "fleet");
    assertThatThrownBy(() -> Table.of(noLevel))
        .hasMessage("B: Level \"fleet\" is neither host nor case");

    Schema badSort = SchemaBuilder.record("C").doc("Rows.").fields().endRecord();
    badSort.addProp("table", "c");
    badSort.addProp("level", "case");
    badSort.addProp("example", "SELECT count(*) FROM c");
    badSort.addProp("sort", List.of("n"));
    assertThatThrownBy(() -> Table.of(badSort))
        .hasMessage("C: Table c sorts by no column of it: n");
  }
}
