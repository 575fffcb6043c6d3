package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SchemaChangesTest {
  private static final Schema GOLDEN =
      table().requiredInt("pid").optionalString("name").optionalLong("size").endRecord();

  @Test
  void theSameSchemaBreaksNobody() {
    assertThat(SchemaChanges.breaking(GOLDEN, GOLDEN)).isEmpty();
  }

  @Test
  void aNewNullableColumnBreaksNobodyWhereverItStands() {
    Schema current =
        table()
            .requiredInt("pid")
            .optionalInt("ppid")
            .optionalString("name")
            .optionalLong("size")
            .endRecord();

    assertThat(SchemaChanges.breaking(GOLDEN, current)).isEmpty();
  }

  @Test
  void aRemovedNullableColumnIsBreaking() {
    Schema current = table().requiredInt("pid").optionalLong("size").endRecord();

    assertThat(SchemaChanges.breaking(GOLDEN, current))
        .containsExactly("column name was removed or renamed");
  }

  @Test
  void aRenamedColumnIsBreaking() {
    Schema current =
        table().requiredInt("process_id").optionalString("name").optionalLong("size").endRecord();

    assertThat(SchemaChanges.breaking(GOLDEN, current))
        .contains(
            "column pid was removed or renamed",
            "new column process_id must be nullable with default null");
  }

  @Test
  void aWidenedTypeIsBreakingThoughAvroPromotesIt() {
    Schema current =
        table().requiredLong("pid").optionalString("name").optionalLong("size").endRecord();

    assertThat(SchemaChanges.breaking(GOLDEN, current))
        .contains("column pid changed its type from \"int\" to \"long\"")
        .anyMatch(reason -> reason.startsWith("the golden release cannot read lakes"));
  }

  @Test
  void aNewRequiredColumnIsBreaking() {
    Schema current =
        table()
            .requiredInt("pid")
            .optionalString("name")
            .optionalLong("size")
            .requiredInt("tid")
            .endRecord();

    assertThat(SchemaChanges.breaking(GOLDEN, current))
        .contains("new column tid must be nullable with default null")
        .anyMatch(reason -> reason.startsWith("this release cannot read lakes"));
  }

  @Test
  void goldenSchemasKeepTypesDefaultsAndHexButNoTexts() {
    Schema bare = SchemaChanges.withoutDocs(Tables.byName("processes").avro());

    assertThat(bare.getDoc()).isNull();
    assertThat(bare.getProp("table")).isEqualTo("processes");
    assertThat(bare.getField("eprocess").getProp("format")).isEqualTo("hex");
    assertThat(bare.getField("eprocess").getProp("when_null")).isNull();
    assertThat(bare.getField("eprocess").hasDefaultValue()).isTrue();
    assertThat(bare.getFields()).allSatisfy(field -> assertThat(field.doc()).isNull());
  }

  private static SchemaBuilder.FieldAssembler<Schema> table() {
    return SchemaBuilder.record("T").fields();
  }
}
