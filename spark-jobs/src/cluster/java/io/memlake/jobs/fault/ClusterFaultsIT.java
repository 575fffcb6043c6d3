package io.memlake.jobs.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cluster.ClusterFolder;
import io.memlake.jobs.cluster.LocalCluster;
import io.memlake.jobs.cluster.Member;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.RamFill;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes of a real cluster that die or stall while it works: the tables are those of an
 * undisturbed run, row by row. The cluster and every run are processes of the packaged program.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterFaultsIT {
  private static final int CHUNKS = 128;

  @TempDir static Path folder;

  private static PackagedProgram program;
  private static LocalCluster cluster;
  private static Path image;
  private static Map<String, List<String>> undisturbed;

  @BeforeAll
  static void startACluster() throws Exception {
    program = new PackagedProgram(folder.resolve("cluster"));
    image = folder.resolve("WS01.raw");
    RawWriter.writePadded(
        SyntheticMachine.windows(19041)
            .seed(8)
            .ram(64L << 20)
            .fill(RamFill.Kind.NOISE)
            .standardProcesses()
            .process("hidden.exe", process -> process.parent("explorer.exe").hidden())
            .build(),
        image);
    try (MemlakeProcess local = analyze("undisturbed", "local[2]")) {
      assertThat(local.exitCode()).as(local.output()).isZero();
    }
    undisturbed = LakeRows.of(folder.resolve("undisturbed"));
    try (MemlakeProcess start =
        program.start(folder.resolve("start"), "cluster", "start", "--workers", "2")) {
      assertThat(start.exitCode()).as(start.output()).isZero();
    }
    cluster = new LocalCluster(new ClusterFolder(folder.resolve("cluster")));
    assertThat(cluster.workersAlive()).isEqualTo(2);
  }

  @AfterAll
  static void stopIt() throws IOException {
    if (cluster != null) {
      cluster.stop();
    }
    PackagedProgram.removeLinks(folder.resolve("cluster"));
  }

  @Test
  @Order(1)
  void aClusterFindsWhatOneProcessFinds() throws Exception {
    try (MemlakeProcess run = analyze("calm", cluster.url())) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    assertUndisturbed("calm");
    assertThat(undisturbed.get("pages")).hasSize((64 << 20) / 4096);
  }

  @Test
  @Order(2)
  void anExecutorIsKilledInTheChunkStage() throws Exception {
    try (MemlakeProcess run = analyze("chunks", cluster.url())) {
      assertThat(run.await(() -> chunkFiles("chunks") >= 5)).as(run.output()).isTrue();
      kill(executors("worker-1"));
      assertThat(chunkFiles("chunks")).isLessThan(CHUNKS);
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    assertUndisturbed("chunks");
  }

  /** As the stages are told; the walk of processes belongs to that of the kernel. */
  @ParameterizedTest
  @ValueSource(strings = {"open", "walk", "pages", "carved"})
  @Order(3)
  void anExecutorIsKilledInTheOtherStages(String stage) throws Exception {
    try (MemlakeProcess run = analyze(stage, cluster.url())) {
      assertThat(
              run.await(
                  () ->
                      run.output().contains("WS01: " + stage) && !executors("worker-2").isEmpty()))
          .as(run.output())
          .isTrue();
      kill(executors("worker-2"));
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    assertUndisturbed(stage);
  }

  @Test
  @Order(4)
  void anExecutorStallsAndItsTasksRunElsewhere() throws Exception {
    List<ProcessHandle> stalled = new ArrayList<>();
    try (MemlakeProcess run =
        analyze(
            "stall",
            cluster.url(),
            "spark.speculation=true",
            "spark.speculation.quantile=0.5",
            "spark.speculation.task.duration.threshold=2s",
            // Tells who stalls from who is slow, on a machine with twenty times the work it can do.
            "spark.network.timeout=60s",
            "spark.network.timeoutInterval=5s",
            "spark.executor.heartbeatInterval=5s")) {
      assertThat(run.await(() -> chunkFiles("stall") >= 5)).as(run.output()).isTrue();
      stalled.addAll(executors("worker-1"));
      signal("STOP", stalled);
      assertThat(run.exitCode()).as(run.output()).isZero();
    } finally {
      signal("CONT", stalled);
    }
    assertUndisturbed("stall");
  }

  @Test
  @Order(5)
  void theDriverIsKilledAndTheRunResumed() throws Exception {
    int finished;
    try (MemlakeProcess run = analyze("driver", cluster.url())) {
      assertThat(run.await(() -> chunkFiles("driver") >= 10)).as(run.output()).isTrue();
      run.kill();
    }
    awaitNoExecutors();
    finished = chunkFiles("driver");
    assertThat(finished).isBetween(10, CHUNKS);
    try (MemlakeProcess resumed = analyze("driver", cluster.url())) {
      assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    }
    assertUndisturbed("driver");
    assertThat(
            LakeRows.query(
                folder.resolve("driver"),
                "SELECT skipped_chunks FROM run_steps WHERE step = 'chunks'"))
        .containsExactly(Integer.toString(finished));
  }

  @Test
  @Order(6)
  void evidenceThatVanishesIsMissedAndReadWhenItIsBack() throws Exception {
    Path away = folder.resolve("away.raw");
    try (MemlakeProcess run = analyze("vanish", cluster.url())) {
      assertThat(run.await(() -> chunkFiles("vanish") >= 5)).as(run.output()).isTrue();
      Files.move(image, away);
      assertThat(run.exitCode()).as(run.output()).isIn(1, 3);
      assertThat(run.output())
          .contains("memlake: WS01: ")
          .contains("it does not exist")
          .doesNotContain("\tat ");
    } finally {
      Files.move(away, image);
    }
    try (MemlakeProcess again = analyze("vanish", cluster.url(), "--restart")) {
      assertThat(again.exitCode()).as(again.output()).isZero();
    }
    assertUndisturbed("vanish");
  }

  @Test
  @Order(7)
  void aWorkerIsLostForGood() throws Exception {
    try (MemlakeProcess run = analyze("worker", cluster.url())) {
      assertThat(run.await(() -> chunkFiles("worker") >= 5)).as(run.output()).isTrue();
      List<ProcessHandle> lost = new ArrayList<>(executors("worker-2"));
      lost.add(member("worker-2"));
      kill(lost);
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    assertUndisturbed("worker");
    assertThat(cluster.members()).filteredOn(Member::isAlive).hasSize(2);
  }

  private static MemlakeProcess analyze(String lake, String master, String... more)
      throws IOException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "analyze",
                image,
                "--lake",
                folder.resolve(lake),
                "--progress",
                "plain",
                "--master",
                master,
                "--conf",
                "spark.memlake.chunk-pages=128",
                // Executors that live for seconds: the second compiler would cost more than it
                // gives.
                "--conf",
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    for (String one : more) {
      if (one.startsWith("spark.")) {
        arguments.add("--conf");
      }
      arguments.add(one);
    }
    return program.start(folder.resolve(lake + ".log"), arguments.toArray());
  }

  private static void assertUndisturbed(String lake) throws Exception {
    Map<String, List<String>> rows = LakeRows.of(folder.resolve(lake));
    assertThat(rows.keySet()).isEqualTo(undisturbed.keySet());
    for (String table : rows.keySet()) {
      assertThat(rows.get(table)).as(table).isEqualTo(undisturbed.get(table));
    }
  }

  private static ProcessHandle member(String name) {
    try {
      Member member =
          cluster.members().stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow();
      return ProcessHandle.of(member.pid()).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ProcessHandle> executors(String worker) {
    return member(worker).descendants().filter(ProcessHandle::isAlive).toList();
  }

  private static void kill(List<ProcessHandle> processes) {
    assertThat(processes).isNotEmpty();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      List<String> command = Arrays.asList("kill", "-" + name, Long.toString(process.pid()));
      new ProcessBuilder(command).start().waitFor();
    }
  }

  /** Executors without a driver end by themselves, the last after it finished its chunk. */
  private static void awaitNoExecutors() {
    for (String worker : List.of("worker-1", "worker-2")) {
      for (ProcessHandle executor : executors(worker)) {
        executor.onExit().orTimeout(15, TimeUnit.MINUTES).join();
      }
    }
  }

  private static int chunkFiles(String lake) {
    Path checkpoints = folder.resolve(lake).resolve("_memlake/checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(checkpoints)) {
      return (int) all.filter(file -> file.toString().endsWith(".findings")).count();
    } catch (IOException | UncheckedIOException e) {
      // The run removes files while they are listed.
      return 0;
    }
  }
}
