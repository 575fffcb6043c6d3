package io.memlake.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {

  @TempDir Path home;

  @Test
  void theFolderIsLaidOutAsAnInstalledSparkAndClosedToOthers() throws IOException {
    ClusterFolder folder = new ClusterFolder(home.resolve("cluster"));
    folder.create();
    folder.create();
    for (String inside : List.of("jars", "conf", "logs", "work")) {
      assertThat(folder.path().resolve(inside)).isDirectory();
    }
    assertThat(Files.getPosixFilePermissions(folder.path()))
        .containsExactlyInAnyOrderElementsOf(
            java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theClusterHasAllJarsButMemlakesOwn() {
    // As packaged: what Spark and Memlake both need lies with Memlake's.
    String classPath =
        String.join(
            java.io.File.pathSeparator,
            "/m/memlake.jar",
            "/m/lib/app/memlake-engine-1.jar",
            "/m/lib/app/duckdb_jdbc-1.jar",
            "/m/lib/app/slf4j-api-2.jar",
            "/m/classes",
            "/m/lib/spark/spark-core_2.13-4.jar");
    assertThat(ClusterFolder.sparkJars(classPath))
        .containsExactly(
            Path.of("/m/lib/app/slf4j-api-2.jar"), Path.of("/m/lib/spark/spark-core_2.13-4.jar"));
  }

  @Test
  void theSecretIsForItsOwnerOnlyAndForTheMasterItBelongsTo() throws IOException {
    ClusterFolder folder = new ClusterFolder(home.resolve("cluster"));
    folder.create();
    Properties secret = new Properties();
    secret.setProperty("spark.authenticate.secret", "s");
    ClusterFolder.write(folder.settings(), secret);
    Properties state = new Properties();
    state.setProperty("url", "spark://127.0.0.1:4711");
    ClusterFolder.write(folder.state(), state);
    assertThat(Files.getPosixFilePermissions(folder.settings()))
        .containsExactlyInAnyOrderElementsOf(
            java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    LocalCluster cluster = new LocalCluster(folder);
    assertThat(cluster.settingsFor("spark://127.0.0.1:4711"))
        .containsEntry("spark.authenticate.secret", "s");
    assertThat(cluster.settingsFor("spark://elsewhere:4711")).isEmpty();
  }

  @Test
  void aProcessThatTookThePidOfAnEndedMemberIsNotOurs() {
    long own = ProcessHandle.current().pid();
    Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
    assertThat(new Member("master", own, started).isAlive()).isTrue();
    assertThat(new Member("master", own, started.minusSeconds(1)).isAlive()).isFalse();
  }

  @Test
  void withoutAClusterNothingRunsAndStoppingIsNoError() throws IOException {
    LocalCluster cluster = new LocalCluster(new ClusterFolder(home.resolve("none")));
    assertThat(cluster.members()).isEmpty();
    assertThat(cluster.workersAlive()).isZero();
    assertThat(cluster.stop()).isZero();
  }
}
