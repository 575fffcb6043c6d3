package io.memlake.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memlake.jobs.bench.Rounds.Round;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final List<Stage> STAGES =
      List.of(
          new Stage("plain read", 2, 1000, () -> {}),
          new Stage("plain read", 1, 1000, () -> {}),
          new Stage("scan", 2, 500, () -> {}),
          new Stage("scan", 1, 500, () -> {}),
          new Stage("nothing", 2, 0, () -> {}));

  /** Three rounds; while the last ran, the machine was three times as slow. */
  private static final List<Round> ROUNDS =
      List.of(
          round(1, 2, 1, 4, 1), round(1, 2, 1, 4, 1), round(3, 6, 3, 12, 3), round(3, 6, 3, 12, 3));

  @Test
  void sharesAreTakenWithinARoundAndForAsManyThreads() {
    List<Measurement> measured = Rounds.measurements(STAGES, ROUNDS);
    assertThat(measured).extracting(Measurement::share).containsExactly(1.0, 1.0, 0.5, 0.25, 0.0);
  }

  @Test
  void processorTimeIsTheMeanOfTheRounds() {
    List<Measurement> measured = Rounds.measurements(STAGES, ROUNDS);
    assertThat(measured.get(3).cpuSeconds()).isEqualTo(0.8, within(1e-9));
    assertThat(measured.get(3).seconds()).isEqualTo(12);
    assertThat(measured.get(3).gigabytesPerSecond()).isEqualTo(500 / 1e9 / 12, within(1e-15));
  }

  private static Round round(double... seconds) {
    double[] cpu = new double[seconds.length];
    for (int i = 0; i < cpu.length; i++) {
      cpu[i] = seconds[i] / 10;
    }
    return new Round(seconds, cpu);
  }
}
