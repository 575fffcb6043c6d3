package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.row.MftRow;
import io.memlake.schemas.row.PageRow;
import io.memlake.schemas.row.PrefetchRow;
import io.memlake.schemas.row.TimelineRow;
import io.memlake.schemas.timeline.Timeline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant EARLY = Instant.parse("2024-03-05T08:00:00Z");
  private static final Instant LATE = Instant.parse("2024-03-05T09:00:00.000001Z");

  @Test
  void momentsOfOneRowAreOneEventEach() {
    MftRow row = new MftRow();
    row.setConfidence(60);
    row.setPath("\\a\u0000\n b");
    row.setForensicPath("phys:0x1000");
    row.setLayer("physical");
    row.setSiCreated(LATE);
    row.setSiModified(EARLY);
    row.setFnCreated(LATE);
    row.setRecordNumber(7L);

    List<TimelineRow> events = Timeline.events(row);

    assertThat(events).extracting(TimelineRow::getDatetime).containsExactly(EARLY, LATE);
    assertThat(events.get(0).getTimestampDesc()).isEqualTo("File Modified");
    assertThat(events.get(1).getTimestampDesc()).isEqualTo("File Created; File Name Created");
    assertThat(events.get(1).getMessage()).isEqualTo("\\a  b");
    assertThat(events.get(1).getSourceTable()).isEqualTo("mft");
    assertThat(events.get(1).getEntityKey()).startsWith("7|");
    assertThat(events.get(1).getConfidence()).isEqualTo(60);
    assertThat(events.get(1).getForensicPath()).isEqualTo("phys:0x1000");
  }

  @Test
  void everyTimeOfAListIsAnEvent() {
    PrefetchRow row = new PrefetchRow();
    row.setExecutable("CMD.EXE");
    row.setRunTimes(List.of(LATE.toString(), EARLY.toString()));

    assertThat(Timeline.events(row))
        .extracting(TimelineRow::getDatetime)
        .containsExactly(EARLY, LATE);
  }

  @Test
  void rowsWithoutTimesHaveNoEvents() {
    assertThat(Timeline.events(new PageRow())).isEmpty();
    assertThat(Timeline.events(new MftRow())).isEmpty();
    assertThat(Timeline.tables())
        .contains("processes", "registry_keys", "evtx")
        .doesNotContain("pages");
  }
}
