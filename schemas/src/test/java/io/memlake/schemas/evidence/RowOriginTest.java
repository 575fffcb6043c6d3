package io.memlake.schemas.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class RowOriginTest {

  @Test
  void stampsTheSameFourColumnsOfEveryTable() {
    RowOrigin origin = new RowOrigin("IR-1", "WS01", "0123456789abcdef", "run-7");
    for (Table table : Tables.all()) {
      GenericData.Record row = new GenericData.Record(table.avro());

      origin.stamp(row);

      assertThat(row.get("case_id")).as(table.name()).isEqualTo("IR-1");
      assertThat(row.get("host")).as(table.name()).isEqualTo("WS01");
      assertThat(row.get("image_id")).as(table.name()).isEqualTo("0123456789abcdef");
      assertThat(row.get("run_id")).as(table.name()).isEqualTo("run-7");
    }
  }
}
