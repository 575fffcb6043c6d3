package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrorRowsTest {

  @Test
  void tensOfThousandsOfGapsOfOneCauseAreFolded() throws IOException {
    List<String> reasons = IntStream.range(0, 65536).mapToObj(i -> "entry " + i).toList();
    List<ErrorRow> rows = new ArrayList<>();
    ErrorRows.gaps(rows::add, "threads", "ThreadListHead", 0xFFFFF80000001000L, 4312, reasons);
    assertThat(rows).hasSize(33);
    assertThat(rows.stream().mapToLong(ErrorRow::getOccurrences).sum()).isEqualTo(65536);
    ErrorRow folded = rows.get(32);
    assertThat(folded.getDetail()).isEqualTo("the last: entry 65535");
    assertThat(folded.getPid()).isEqualTo(4312);
    assertThat(folded.getForensicPath()).isEqualTo("kernel:va:0xfffff80000001000");
  }

  @Test
  void reasonsAreCutToOneScreen() {
    ErrorRow row = ErrorRows.missingSymbols("threads", "x".repeat(2000));
    assertThat(row.getReason()).hasSize(500);
    assertThat(row.getAbsence()).isEqualTo("not_available");
  }

  @Test
  void fileTimesKeepMicroseconds() {
    assertThat(FileTimes.instant(125_911_584_000_000_017L))
        .isEqualTo(Instant.parse("2000-01-01T00:00:00.000001Z"));
    assertThat(FileTimes.instant(0)).isNull();
  }
}
