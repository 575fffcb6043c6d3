package io.memlake.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Measures stages in rounds, each of which runs every stage once: what else the machine does then
 * slows the stages of a round alike, and ratios within a round stay true.
 */
final class Rounds {
  private static final int MIN_ROUNDS = 5;
  private static final int MAX_ROUNDS = 60;
  private static final long NANOS = 1_000_000_000;

  /** A stage is warm once compiling takes less than this share of its time. */
  private static final double COMPILING = 0.1;

  /** How often that is looked at: short stages run many times in between. */
  private static final long WARM_UP = NANOS;

  /** Spark's own paths never quite settle. */
  private static final long MAX_WARM_UP = 10 * NANOS;

  /** Small images are measured more often. */
  private static final long TIME = 12 * NANOS;

  private final List<Stage> stages;

  /** Measures {@code stages}; the first with so many threads is the limit of the others. */
  Rounds(List<Stage> stages) {
    this.stages = List.copyOf(stages);
  }

  /** Warms up, runs the rounds and takes medians. */
  List<Measurement> run() throws IOException {
    for (Stage stage : stages) {
      warmUp(stage);
    }
    List<Round> rounds = new ArrayList<>();
    long start = System.nanoTime();
    while (rounds.size() < MIN_ROUNDS
        || (rounds.size() < MAX_ROUNDS && System.nanoTime() - start < TIME)) {
      rounds.add(round());
    }
    return measurements(stages, rounds);
  }

  /** Runs a stage until the compiler has little left to do for it. */
  private static void warmUp(Stage stage) throws IOException {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean tells = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    long begun = System.nanoTime();
    boolean warm = false;
    while (!warm && System.nanoTime() - begun < MAX_WARM_UP) {
      long compiled = tells ? compiler.getTotalCompilationTime() : 0;
      long start = System.nanoTime();
      long now;
      do {
        stage.work().run();
        stage.cleanUp().run();
        now = System.nanoTime();
      } while (now - start < WARM_UP);
      double compiling = tells ? (compiler.getTotalCompilationTime() - compiled) * 1e6 : 0;
      warm = compiling < COMPILING * (now - start);
    }
  }

  private Round round() throws IOException {
    Round round = new Round(new double[stages.size()], new double[stages.size()]);
    for (int i = 0; i < stages.size(); i++) {
      long cpu = cpuNanos();
      long start = System.nanoTime();
      stages.get(i).work().run();
      round.seconds[i] = (System.nanoTime() - start) / (double) NANOS;
      round.cpuSeconds[i] = (cpuNanos() - cpu) / (double) NANOS;
      stages.get(i).cleanUp().run();
    }
    return round;
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** What {@code rounds} say together. */
  static List<Measurement> measurements(List<Stage> stages, List<Round> rounds) {
    List<Measurement> measured = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      int stage = i;
      Stage of = stages.get(i);
      int limit = limitOf(stages, of);
      double scale = (double) of.bytes() / stages.get(limit).bytes();
      measured.add(
          new Measurement(
              of.name(),
              of.threads(),
              of.bytes(),
              median(rounds.stream().mapToDouble(round -> round.seconds[stage])),
              // Systems count processor time in ticks: only the sum of many runs says something.
              rounds.stream().mapToDouble(round -> round.cpuSeconds[stage]).average().orElse(0),
              median(
                  rounds.stream()
                      .mapToDouble(round -> scale * round.seconds[limit] / round.seconds[stage]))));
    }
    return measured;
  }

  private static int limitOf(List<Stage> stages, Stage of) {
    int limit = 0;
    while (stages.get(limit).threads() != of.threads()) {
      limit++;
    }
    return limit;
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Times of every stage in one round. */
  static final class Round {
    final double[] seconds;
    final double[] cpuSeconds;

    Round(double[] seconds, double[] cpuSeconds) {
      this.seconds = seconds;
      this.cpuSeconds = cpuSeconds;
    }
  }
}
