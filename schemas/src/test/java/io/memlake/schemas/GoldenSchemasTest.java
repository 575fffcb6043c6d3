package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares every table with its golden schema. A change that breaks readers of lakes fails and is
 * not refreshed by the flag: to break a table on purpose, delete its golden file, refresh, and say
 * so in the changelog.
 */
class GoldenSchemasTest {

  @TestFactory
  List<DynamicTest> theTableIsAsItsGoldenSchema() {
    return Tables.all().stream()
        .map(table -> DynamicTest.dynamicTest(table.name(), () -> compare(table)))
        .toList();
  }

  @Test
  void everyGoldenSchemaHasItsTable() throws IOException {
    assertThat(Tables.names())
        .as("a table that was removed breaks its readers")
        .containsAll(GoldenFiles.stems(GoldenFiles.GOLDEN, ".avsc"));
  }

  private static void compare(Table table) throws IOException {
    Path file = GoldenFiles.GOLDEN.resolve(table.name() + ".avsc");
    Schema current = SchemaChanges.withoutDocs(source(table));
    String text = SchemaFormatter.format("json/pretty", current) + "\n";
    if (Files.exists(file)) {
      Schema golden = new Schema.Parser().parse(Files.readString(file));
      assertThat(SchemaChanges.breaking(golden, current))
          .as("changes of table %s that break its readers", table.name())
          .isEmpty();
    }
    if (GoldenFiles.updating()) {
      GoldenFiles.write(file, text);
    } else if (!Files.exists(file)) {
      fail("Table %s has no golden schema; %s", table.name(), GoldenFiles.REFRESH);
    } else {
      assertThat(Files.readString(file))
          .as("table %s grew; %s", table.name(), GoldenFiles.REFRESH)
          .isEqualTo(text);
    }
  }

  private static Schema source(Table table) throws IOException {
    Path file = GoldenFiles.AVRO.resolve(table.name() + ".avsc");
    return new Schema.Parser().parse(Files.readString(file));
  }
}
