package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.row.RunStepRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageTotalTest {

  @Test
  void stagesOfAllHostsAddUpInTheirOrder() {
    List<StageTotal> totals =
        StageTotal.of(
            List.of(
                List.of(step("open", null, 10), step("chunks", 4_000_000_000L, 2000)),
                List.of(step("open", null, 20), step("walk", null, 5), step("walk", null, 7)),
                List.of(step("chunks", 2_000_000_000L, 1000))));
    assertThat(totals)
        .containsExactly(
            new StageTotal("open", 2, 0, 30),
            new StageTotal("chunks", 2, 6_000_000_000L, 3000),
            new StageTotal("walk", 1, 0, 12));
    assertThat(totals.get(1).bytesPerSecond()).isEqualTo(2e9);
  }

  @Test
  void aStageThatTookNoTimeHasASpeedAllTheSame() {
    assertThat(new StageTotal("chunks", 1, 4096, 0).bytesPerSecond()).isEqualTo(4096 * 1000.0);
  }

  private static RunStepRow step(String name, Long bytes, long millis) {
    RunStepRow row = new RunStepRow();
    row.setStep(name);
    row.setBytesIn(bytes);
    row.setWallMs(millis);
    return row;
  }
}
