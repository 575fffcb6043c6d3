package io.memlake.jobs.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cluster.ClusterFolder;
import io.memlake.jobs.cluster.LocalCluster;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may use a cluster: whoever knows its secret, and the settings in {@code cluster-config} are
 * those that it asks for.
 */
class ClusterSecurityIT {
  private static final Path PROFILE = Path.of("../cluster-config/spark/standalone.conf");

  @TempDir static Path folder;

  private static PackagedProgram program;
  private static LocalCluster cluster;
  private static String secret;
  private static Path image;
  private static Map<String, List<String>> undisturbed;

  @BeforeAll
  static void startACluster() throws Exception {
    program = new PackagedProgram(folder.resolve("cluster"));
    image = folder.resolve("WS01.raw");
    RawWriter.writePadded(
        SyntheticMachine.windows(19041).seed(8).ram(64L << 20).standardProcesses().build(), image);
    try (MemlakeProcess start =
        program.start(folder.resolve("start"), "cluster", "start", "--workers", "1")) {
      assertThat(start.exitCode()).as(start.output()).isZero();
    }
    cluster = new LocalCluster(new ClusterFolder(folder.resolve("cluster")));
    secret = cluster.settingsFor(cluster.url()).get("spark.authenticate.secret");
    assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
    try (MemlakeProcess local = program.start(log("local"), analyze("local", "local[2]"))) {
      assertThat(local.exitCode()).as(local.output()).isZero();
    }
    undisturbed = LakeRows.of(folder.resolve("local"));
  }

  @AfterAll
  static void stopIt() throws IOException {
    if (cluster != null) {
      cluster.stop();
    }
    PackagedProgram.removeLinks(folder.resolve("cluster"));
  }

  /** Both at once, since Spark asks a master that does not answer for a minute. */
  @Test
  void driversWithoutTheSecretAreNotServed() throws Exception {
    PackagedProgram stranger = new PackagedProgram(folder.resolve("elsewhere"));
    try (MemlakeProcess none = stranger.start(log("none"), analyze("none", cluster.url()));
        MemlakeProcess wrong =
            stranger.start(
                log("wrong"),
                analyze(
                    "wrong",
                    cluster.url(),
                    "spark.authenticate=true",
                    "spark.network.crypto.enabled=true",
                    "spark.authenticate.secret=" + "0".repeat(64)))) {
      for (MemlakeProcess refused : List.of(none, wrong)) {
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(5);
        assertThat(refused.output()).contains("memlake: The cluster did not answer");
      }
    }
    assertThat(folder.resolve("none")).doesNotExist();
    assertThat(folder.resolve("wrong")).doesNotExist();
  }

  /** As an operator would: the profile and, in a file that nobody else reads, the secret. */
  @Test
  void theStandaloneProfileIsServedAndKeepsTheSecret() throws Exception {
    Path settings = folder.resolve("site.conf");
    Files.writeString(
        settings,
        Files.readString(PROFILE)
            + "\nspark.authenticate.secret "
            + secret
            // Sizes of the profile are for larger machines.
            + "\nspark.executor.cores 1\nspark.executor.memory 768m\nspark.driver.host 127.0.0.1\n");
    // Laid out as an installed Spark is.
    Path spark = folder.resolve("cluster");
    PackagedProgram operator = new PackagedProgram(folder.resolve("elsewhere"));
    try (MemlakeProcess run =
        operator.submit(log("profile"), spark, cluster.url(), settings, analyze("profile", ""))) {
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).doesNotContain(secret);
    }
    assertThat(LakeRows.of(folder.resolve("profile"))).isEqualTo(undisturbed);
    for (String place : List.of("profile", "cluster/work", "cluster/logs")) {
      assertThat(filesWith(secret, folder.resolve(place))).as(place).isEmpty();
    }
    Object[] verify = {"verify", "--lake", folder.resolve("profile"), "--master", cluster.url()};
    try (MemlakeProcess check = program.start(log("verify"), verify)) {
      assertThat(check.exitCode()).as(check.output()).isZero();
    }
  }

  private static Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private static Object[] analyze(String lake, String master, String... settings) {
    List<Object> words =
        new ArrayList<>(
            List.of("analyze", image, "--lake", folder.resolve(lake), "--progress", "plain"));
    if (!master.isEmpty()) {
      words.addAll(List.of("--master", master));
    }
    for (String setting : settings) {
      words.addAll(List.of("--conf", setting));
    }
    return words.toArray();
  }

  private static List<Path> filesWith(String text, Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (bytes.contains(text)) {
          found.add(file);
        }
      }
      return found;
    }
  }
}
