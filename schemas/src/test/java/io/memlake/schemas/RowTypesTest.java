package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.schemas.row.ProcessRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RowTypesTest {

  @Test
  void everyRowTypeComesBackFromAvroWithAllColumnsSet() throws IOException {
    for (Table table : Tables.all()) {
      SpecificRecord row = filled(table, false);
      assertThat(readBack(row)).as(table.name()).isEqualTo(row);
    }
  }

  @Test
  void everyRowTypeComesBackFromAvroWithNullsWhereAllowed() throws IOException {
    for (Table table : Tables.all()) {
      SpecificRecord row = filled(table, true);
      assertThat(readBack(row)).as(table.name()).isEqualTo(row);
    }
  }

  @Test
  void everyRowTypeSurvivesJavaSerialization() throws IOException, ClassNotFoundException {
    for (Table table : Tables.all()) {
      SpecificRecord row = filled(table, false);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(row);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).as(table.name()).isEqualTo(row);
      }
    }
  }

  @Test
  void timesAreInstantsCutToTheMicrosecond() throws IOException {
    ProcessRow row = (ProcessRow) filled(Tables.byName("processes"), true);
    row.setCreateTime(Instant.parse("2024-05-06T07:08:09.123456700Z"));

    assertThat(((ProcessRow) readBack(row)).getCreateTime())
        .isEqualTo(Instant.parse("2024-05-06T07:08:09.123456Z"));
  }

  @Test
  void theLatestTimeThatWindowsCanSayFits() throws IOException {
    Instant last = Instant.parse("1601-01-01T00:00:00Z").plusSeconds(Long.MAX_VALUE / 10_000_000);
    ProcessRow row = (ProcessRow) filled(Tables.byName("processes"), true);
    row.setExitTime(last);

    assertThat(((ProcessRow) readBack(row)).getExitTime()).isEqualTo(last);
  }

  @Test
  void aRowWithoutARequiredColumnCannotBeWritten() {
    ProcessRow row = (ProcessRow) filled(Tables.byName("processes"), true);
    row.setState(null);

    assertThatThrownBy(() -> readBack(row)).hasMessageContaining("state");
  }

  private static SpecificRecord readBack(SpecificRecord row) throws IOException {
    SpecificData model = SpecificData.getForClass(row.getClass());
    Schema schema = row.getSchema();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<SpecificRecord>(schema, model).write(row, encoder);
    encoder.flush();
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
    return new SpecificDatumReader<SpecificRecord>(schema, schema, model).read(null, decoder);
  }

  private static SpecificRecord filled(Table table, boolean nulls) {
    Schema schema = table.avro();
    SpecificRecord row = (SpecificRecord) SpecificData.newInstance(rowType(schema), schema);
    for (Column column : table.columns()) {
      int position = schema.getField(column.name()).pos();
      boolean isNull = nulls && column.nullable();
      row.put(position, isNull ? null : value(column.type(), position));
    }
    return row;
  }

  private static Class<?> rowType(Schema schema) {
    return SpecificData.get().getClass(schema);
  }

  private static Object value(ColumnType type, int seed) {
    return switch (type) {
      case STRING -> "text " + seed + " \u00E4\uD83D\uDE00";
      case INT -> -seed;
      case LONG -> 0xFFFF_8000_0000_0000L + seed;
      case DOUBLE -> seed / 3.0;
      case BOOLEAN -> seed % 2 == 0;
      case TIMESTAMP -> Instant.ofEpochSecond(1_700_000_000L + seed, 123_456_000);
      case STRING_LIST -> List.of("one", "two " + seed);
      case LONG_LIST -> List.of(1L, -1L, (long) seed);
      case BINARY -> java.nio.ByteBuffer.wrap(new byte[] {0, (byte) seed, -1});
    };
  }
}
