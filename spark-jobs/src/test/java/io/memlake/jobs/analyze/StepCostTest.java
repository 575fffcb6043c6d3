package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.session.TestSpark;
import io.memlake.schemas.row.RunStepRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps cost, as tasks measure it and as {@code run_steps} has it. */
class StepCostTest {
  private static final long MILLISECOND = 1_000_000;

  private static final JavaSparkContext SPARK =
      JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());

  @TempDir Path folder;

  @Test
  void processorTimeOfAllTasksAddsUp() {
    List<Long> costs = new ArrayList<>();
    List<Integer> results =
        Tasks.run(SPARK, "cost", List.of(30, 50, 0), StepCostTest::spend, result -> {}, costs::add);
    assertThat(results).containsExactly(30, 50, 0);
    assertThat(costs)
        .singleElement()
        .satisfies(cost -> assertThat(cost).isBetween(80 * MILLISECOND, 5_000 * MILLISECOND));
  }

  @Test
  void waitingCostsNothing() {
    List<Long> costs = new ArrayList<>();
    Tasks.run(
        SPARK,
        "cost",
        List.of(400),
        millis -> {
          Thread.sleep(millis);
          return millis;
        },
        result -> {},
        costs::add);
    assertThat(costs)
        .singleElement()
        .satisfies(cost -> assertThat(cost).isBetween(0L, 300 * MILLISECOND));
  }

  @Test
  void jobsOfOneStepAddUp() {
    RunStepRow step = new StepLog().begin("walk");
    assertThat(step.getCpuMs()).isNull();
    StepLog.cost(step).accept(2 * MILLISECOND);
    StepLog.cost(step).accept(3 * MILLISECOND);
    assertThat(step.getCpuMs()).isEqualTo(5);
  }

  @Test
  void stepsOfARunSayWhatTheyCost() throws IOException {
    Machines.write(folder.resolve("WS01/memory.raw"), 19041, 1);
    Path lake = folder.resolve("lake");
    CommandRun run =
        CommandRun.of("analyze", "--lake", lake, folder.resolve("WS01"), "--progress", "none");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(sql(lake, "SELECT DISTINCT step FROM run_steps WHERE cpu_ms > 0"))
        .contains("open", "chunks", "walk");
    assertThat(sql(lake, "SELECT step FROM run_steps WHERE tasks = 0 AND cpu_ms IS NOT NULL"))
        .isEmpty();
    assertThat(
            sql(
                lake,
                "SELECT round(read_pct + hash_pct + pool_tags_pct + signatures_pct + features_pct"
                    + " + other_pct),"
                    + " least(read_pct, hash_pct, pool_tags_pct, signatures_pct, features_pct) > 0"
                    + " FROM run_steps WHERE step = 'chunks'"))
        .containsExactly("100.0,true");
    assertThat(
            sql(lake, "SELECT step FROM run_steps WHERE step <> 'chunks' AND read_pct IS NOT NULL"))
        .isEmpty();
  }

  private static List<String> sql(Path lake, String query) {
    CommandRun run = CommandRun.of("sql", "--lake", lake, "-o", "csv", query);
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    return lines.subList(1, lines.size());
  }

  /** Keeps the processor busy for so many milliseconds of its own time. */
  private static Integer spend(Integer millis) {
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + millis * MILLISECOND;
    while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
    return millis;
  }
}
