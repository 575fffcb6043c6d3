package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class ColumnTest {

  @Test
  void readsTypeNullsAndHexFromTheSchema() {
    Column eprocess = Tables.byName("processes").column("eprocess").orElseThrow();

    assertThat(eprocess.type()).isEqualTo(ColumnType.LONG);
    assertThat(eprocess.hex()).isTrue();
    assertThat(eprocess.nullable()).isTrue();
    assertThat(eprocess.whenNull()).hasValue("found by the scan and mapped nowhere");
    assertThat(eprocess.type().sql()).isEqualTo("bigint");
  }

  @Test
  void aNullableColumnMustSayWhatNullMeans() {
    assertThatThrownBy(
            () -> new Column("n", ColumnType.INT, true, false, "Count.", Optional.empty()))
        .hasMessage("Column n needs a when_null");
    assertThatThrownBy(
            () -> new Column("n", ColumnType.INT, false, false, "Count.", Optional.of("never")))
        .hasMessage("Column n has a when_null but no nulls");
  }

  @Test
  void onlyLongsCanBeHex() {
    assertThatThrownBy(
            () -> new Column("n", ColumnType.INT, false, true, "Count.", Optional.empty()))
        .hasMessage("Column n is hex but not a long");
  }

  @Test
  void typesThatTablesDoNotUseAreRefused() {
    SchemaBuilder.TypeBuilder<Schema> type = SchemaBuilder.builder();
    Schema millis = LogicalTypes.timestampMillis().addToSchema(type.longType());

    assertThatThrownBy(() -> ColumnType.of(millis)).hasMessageContaining("timestamp-millis");
    assertThatThrownBy(() -> ColumnType.of(type.floatType())).hasMessageContaining("float");
    assertThatThrownBy(() -> ColumnType.of(type.array().items().intType()))
        .hasMessageContaining("array");
  }

  @Test
  void unionsOtherThanNullFirstAreRefused() {
    Schema schema =
        SchemaBuilder.record("A")
            .fields()
            .name("n")
            .doc("Count.")
            .type()
            .unionOf()
            .intType()
            .and()
            .nullType()
            .endUnion()
            .noDefault()
            .endRecord();

    assertThatThrownBy(() -> Column.of(schema.getField("n")))
        .hasMessage("Column n must be of one type, or of null and one type in that order");
  }
}
