package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ProcessRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class RowOrderTest {

  @Test
  void ordersProcessesByHostThenPidThenCreateTimeWithNullsFirst() {
    ProcessRow noPid = process("a", null, null);
    ProcessRow noTime = process("a", 4, null);
    ProcessRow early = process("a", 4, Instant.EPOCH);
    ProcessRow late = process("a", 4, Instant.EPOCH.plusSeconds(1));
    ProcessRow larger = process("a", 12, Instant.EPOCH);
    ProcessRow otherHost = process("b", 0, null);

    List<ProcessRow> rows = new ArrayList<>(List.of(otherHost, late, larger, noTime, early, noPid));
    rows.sort(Tables.byName("processes").order());

    assertThat(rows).containsExactly(noPid, noTime, early, late, larger, otherHost);
  }

  @Test
  void addressesCompareAsTheSignedNumbersOfSql() {
    ProcessRow kernel = process("a", 4, null);
    kernel.setEprocess(0xFFFF_9A01_0000_0040L);
    ProcessRow low = process("a", 4, null);
    low.setEprocess(0x1000L);

    assertThat(Tables.byName("processes").order().compare(kernel, low)).isNegative();
  }

  @Test
  void textsCompareByCodePointAndNotByUtf16Unit() {
    Comparator<IndexedRecord> order = Tables.byName("errors").order();

    // U+FF5E is one unit above the surrogates that spell U+1F600.
    assertThat(order.compare(error("\uFF5E"), error("\uD83D\uDE00"))).isNegative();
    assertThat(order.compare(error("\uD83D\uDE00"), error("\uFF5E"))).isPositive();
    assertThat(order.compare(error("chunk 1"), error("chunk 10"))).isNegative();
    assertThat(order.compare(error("b"), error("a"))).isPositive();
    assertThat(order.compare(error("a"), error("a"))).isZero();
  }

  private static ErrorRow error(String item) {
    ErrorRow row = new ErrorRow();
    row.setItem(item);
    return row;
  }

  private static ProcessRow process(String host, Integer pid, Instant created) {
    ProcessRow row = new ProcessRow();
    row.setCaseId("default");
    row.setHost(host);
    row.setPid(pid);
    row.setCreateTime(created);
    return row;
  }
}
