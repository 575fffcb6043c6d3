package io.memlake.jobs.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.RamFill;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evidence and lake in an object store: the rows are those of local files, killed runs included.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObjectStoreIT {
  private static final String BUCKET = "s3a://memlake";
  private static final String EVIDENCE = BUCKET + "/evidence";
  private static final String LAKE = BUCKET + "/lake";

  /** Where its rows say where they lie and when they were written, and nothing else differs. */
  private static final Set<String> ABOUT_FILES = Set.of("evidence");

  @TempDir static java.nio.file.Path folder;

  private static S3Server server;
  private static FileSystem store;
  private static Map<String, List<String>> local;

  @BeforeAll
  static void startAStore() throws Exception {
    server = new S3Server(folder.resolve("objects"), "memlake");
    Configuration settings = TestSpark.session().sparkContext().hadoopConfiguration();
    server
        .settings()
        .forEach(
            (name, value) -> {
              settings.set(name, value);
              System.setProperty("spark.hadoop." + name, value);
            });
    java.nio.file.Path image = folder.resolve("WS01.raw");
    RawWriter.writePadded(
        SyntheticMachine.windows(19041)
            .seed(9)
            .ram(64L << 20)
            .fill(RamFill.Kind.NOISE)
            .standardProcesses()
            .build(),
        image);
    store = new Path(BUCKET + "/").getFileSystem(settings);
    store.copyFromLocalFile(new Path(image.toUri()), new Path(EVIDENCE + "/WS01.raw"));
    assertThat(CommandRun.analyze(folder.resolve("local"), image).code()).isZero();
    local = LakeRows.of(folder.resolve("local"));
  }

  @AfterAll
  static void stopIt() throws Exception {
    if (server != null) {
      server.settings().keySet().forEach(name -> System.clearProperty("spark.hadoop." + name));
      server.stop();
    }
  }

  @Test
  @Order(1)
  void evidenceAndLakeInAnObjectStoreGiveTheRowsOfLocalFiles() throws Exception {
    CommandRun run = analyze(LAKE);
    assertThat(run.code()).as(run.err()).isZero();
    assertRowsOfLocalFiles(LAKE);
    assertThat(sql(LAKE, "SELECT count(*) FROM pages")).containsExactly("16384");
    assertThat(sql(LAKE, "SELECT sha256 FROM evidence"))
        .isEqualTo(LakeRows.query(folder.resolve("local"), "SELECT sha256 FROM evidence"));
  }

  @Test
  @Order(2)
  void aHostIsReplacedAndNothingOfTheOldOneStays() throws Exception {
    assertThat(analyze(LAKE).err()).contains("unchanged");
    CommandRun again = analyze(LAKE, "--restart");
    assertThat(again.code()).as(again.err()).isZero();
    // Verifying tells of files that no marker names, too.
    assertRowsOfLocalFiles(LAKE);
    assertThat(store.exists(new Path(LAKE + "/_memlake/staging"))).isFalse();
  }

  @Test
  @Order(3)
  void aResultIsWrittenToTheStore() {
    String out = BUCKET + "/result";
    CommandRun run =
        CommandRun.of(
            "sql", "--lake", LAKE, "-o", "parquet", "--out", out, "SELECT pid FROM processes");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(TestSpark.session().read().parquet(out).count())
        .isEqualTo(local.get("processes").size());
  }

  @Test
  @Order(4)
  void oneCommandWritesALakeAtATime() throws Exception {
    Path lock = new Path(LAKE + "/_memlake/lock");
    assertThat(store.exists(lock)).isFalse();
    store.create(lock, false).close();
    CommandRun refused = analyze(LAKE, "--restart");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("Another command is writing the lake").contains("lock");
    store.delete(lock, false);
  }

  @Test
  @Order(5)
  void aRunThatIsKilledWhileItPublishesIsFinishedByTheNext() throws Exception {
    String lake = BUCKET + "/killed";
    PackagedProgram program = new PackagedProgram(folder.resolve("cluster"));
    List<Object> arguments = new ArrayList<>(List.of("analyze", EVIDENCE, "--lake", lake));
    arguments.addAll(List.of("--host", "WS01", "--progress", "plain", "--master", "local[2]"));
    server
        .settings()
        .forEach(
            (name, value) -> {
              arguments.add("--conf");
              arguments.add("spark.hadoop." + name + "=" + value);
            });
    try (MemlakeProcess run = program.start(folder.resolve("killed.log"), arguments.toArray())) {
      Path live = new Path(lake + "/modules");
      assertThat(run.await(() -> exists(live))).as(run.output()).isTrue();
      run.kill();
    }
    assertThat(store.exists(new Path(lake + "/_memlake/commits"))).isFalse();
    CommandRun refused = analyze(lake);
    assertThat(refused.err()).contains("Another command is writing the lake");
    store.delete(new Path(lake + "/_memlake/lock"), false);
    CommandRun resumed = analyze(lake);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertRowsOfLocalFiles(lake);
  }

  private static CommandRun analyze(String lake, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("analyze", EVIDENCE, "--lake", lake));
    arguments.addAll(List.of("--host", "WS01", "--progress", "plain"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  private static List<String> sql(String lake, String query) {
    CommandRun run = CommandRun.of("sql", "--lake", lake, "-o", "csv", query);
    assertThat(run.code()).as(run.err()).isZero();
    return run.lines().subList(1, run.lines().size());
  }

  private static boolean exists(Path path) {
    try {
      return store.exists(path);
    } catch (IOException e) {
      return false;
    }
  }

  /** Fetches the lake, so that the same program reads both. */
  private static void assertRowsOfLocalFiles(String lake) throws Exception {
    CommandRun verified = CommandRun.of("verify", "--lake", lake);
    assertThat(verified.code()).as(verified.out()).isZero();
    java.nio.file.Path copy = Files.createTempDirectory(folder, "copy").resolve("lake");
    store.copyToLocalFile(false, new Path(lake), new Path(copy.toUri()), true);
    java.nio.file.Path views = copy.resolve("_memlake/views.sql");
    Files.writeString(views, Files.readString(views).replace(lake + "/", copy + "/"));
    assertThat(comparable(LakeRows.of(copy))).isEqualTo(comparable(local));
  }

  private static Map<String, List<String>> comparable(Map<String, List<String>> rows) {
    Map<String, List<String>> kept = new TreeMap<>(rows);
    kept.keySet().removeAll(ABOUT_FILES);
    assertThat(kept).containsKeys("pages", "processes", "modules", "chunks");
    return kept;
  }
}
