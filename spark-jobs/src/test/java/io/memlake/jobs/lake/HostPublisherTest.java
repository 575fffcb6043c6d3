package io.memlake.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPublisherTest {

  @TempDir Path folder;

  private final Configuration configuration = PlainHadoop.configuration();

  @Test
  void publishedRowsAreInTheirPartitionsAndTheMarkerNamesThem() throws IOException {
    publish("WS01", "run1", 3);
    Lake lake = Lake.open(folder.toString(), configuration);
    assertThat(partFiles("pages/case_id=default/host=WS01"))
        .containsExactly("part-00000-run1.parquet");
    assertThat(lake.hosts()).extracting(HostManifest::host).containsExactly("WS01");
    assertThat(lake.rows("pages")).isEqualTo(3);
    assertThat(Files.exists(folder.resolve("_memlake/staging/run1"))).isFalse();
  }

  @Test
  void aSecondRunReplacesTheHostAndLeavesOthersAlone() throws IOException {
    publish("WS01", "run1", 3);
    publish("WS02", "run1", 4);
    publish("WS01", "run2", 5);
    Lake lake = Lake.open(folder.toString(), configuration);
    assertThat(partFiles("pages/case_id=default/host=WS01"))
        .containsExactly("part-00000-run2.parquet");
    assertThat(partFiles("pages/case_id=default/host=WS02"))
        .containsExactly("part-00000-run1.parquet");
    assertThat(lake.rows("pages")).isEqualTo(9);
    assertThat(lake.host("default", "WS01").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void aTableThatIsGoneInTheSecondRunGoesFromTheLakeToo() throws IOException {
    try (LakeWriter lake = LakeWriter.open(folder.toString(), configuration)) {
      lake.publish(
          TestRows.manifest("WS01", "run1", HostManifest.OK),
          TestRows.stage(
              lake,
              "run1",
              "WS01",
              List.of(
                  TestRows.page("WS01", "run1", 1),
                  TestRows.kernelModule("WS01", "run1", "ntoskrnl.exe"))));
    }
    publish("WS01", "run2", 2);
    assertThat(partFiles("kernel_modules/case_id=default/host=WS01")).isEmpty();
    assertThat(Lake.open(folder.toString(), configuration).rows("kernel_modules")).isZero();
  }

  @Test
  void namesThatFileSystemsTreatSpeciallyAreEscaped() throws IOException {
    publish("A/B=C:*", "run1", 1);
    assertThat(partFiles("pages/case_id=default/host=A%2FB%3DC%3A%2A")).hasSize(1);
    assertThat(Lake.open(folder.toString(), configuration).hosts())
        .extracting(HostManifest::host)
        .containsExactly("A/B=C:*");
  }

  /** The process dies at any one of the renames and deletions of a publication. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aPublicationThatDiesAnywhereIsFinishedOrNeverHappened(int deadlyOperation)
      throws IOException {
    publish("WS01", "run1", 3);
    Configuration dying = new Configuration(configuration);
    dying.set("fs.file.impl", DyingFileSystem.class.getName());
    dying.setBoolean("fs.file.impl.disable.cache", true);
    boolean died = false;
    try (LakeWriter lake = LakeWriter.open(folder.toString(), dying)) {
      Map<String, List<DataFile>> staged =
          TestRows.stage(
              lake,
              "run2",
              "WS01",
              List.of(
                  TestRows.page("WS01", "run2", 1),
                  TestRows.page("WS01", "run2", 2),
                  TestRows.kernelModule("WS01", "run2", "ntoskrnl.exe")));
      DyingFileSystem.operationsLeft = deadlyOperation;
      lake.publish(TestRows.manifest("WS01", "run2", HostManifest.OK), staged);
    } catch (LakeWriteException e) {
      died = true;
    } finally {
      DyingFileSystem.operationsLeft = Integer.MAX_VALUE;
    }
    Lake lake = Lake.open(folder.toString(), configuration);
    String run = lake.hosts().get(0).runId();
    assertThat(lake.rows("pages")).isEqualTo(run.equals("run1") ? 3 : 2);
    assertThat(lake.rows("kernel_modules")).isEqualTo(run.equals("run1") ? 0 : 1);
    for (String table : List.of("pages", "kernel_modules")) {
      assertThat(partFiles(table + "/case_id=default/host=WS01"))
          .hasSize((int) Math.min(1, lake.rows(table)))
          .allMatch(name -> name.contains(run));
    }
    assertThat(died || run.equals("run2")).isTrue();
    LakeWriter.open(folder.toString(), configuration).close();
    assertThat(Lake.open(folder.toString(), configuration).hosts())
        .extracting(HostManifest::runId)
        .containsExactly(run);
    assertThat(Files.exists(folder.resolve("_memlake/trash"))).isFalse();
  }

  @Test
  void twoWritersAtOnceAreRefused() throws IOException {
    try (LakeWriter first = LakeWriter.open(folder.toString(), configuration)) {
      assertThat(first.lake()).isNotNull();
      assertThatThrownBy(() -> LakeWriter.open(folder.toString(), configuration))
          .isInstanceOf(FailedException.class)
          .hasMessage("Another command is writing the lake at " + folder);
    }
  }

  @Test
  void aRunThatNeverEndedIsMarkedInterrupted() throws IOException {
    try (LakeWriter lake = LakeWriter.open(folder.toString(), configuration)) {
      lake.record(
          new RunRecord(
              "run1",
              "default",
              "analyze",
              "analyze x",
              Map.of(),
              "",
              "",
              RunRecord.RUNNING,
              -1,
              "",
              List.of(),
              Map.of(),
              Map.of()));
    }
    LakeWriter.open(folder.toString(), configuration).close();
    assertThat(Lake.open(folder.toString(), configuration).runs())
        .extracting(RunRecord::status)
        .containsExactly(RunRecord.INTERRUPTED);
  }

  private void publish(String host, String runId, int pages) throws IOException {
    try (LakeWriter lake = LakeWriter.open(folder.toString(), configuration)) {
      List<io.memlake.schemas.row.PageRow> rows =
          Stream.iterate(1L, pfn -> pfn + 1)
              .limit(pages)
              .map(pfn -> TestRows.page(host, runId, pfn))
              .toList();
      lake.publish(
          TestRows.manifest(host, runId, HostManifest.OK), TestRows.stage(lake, runId, host, rows));
    }
  }

  private List<String> partFiles(String partition) throws IOException {
    Path path = folder.resolve(partition);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** A local file system whose process dies: after some operations all further ones fail. */
  public static final class DyingFileSystem extends FilterFileSystem {
    static int operationsLeft = Integer.MAX_VALUE;

    /** Made by Hadoop. */
    public DyingFileSystem() {
      super(localFiles());
    }

    private static FileSystem localFiles() {
      return new LocalFileSystem().getRawFileSystem();
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      step();
      return super.rename(from, to);
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      step();
      return super.delete(path, recursive);
    }

    private static void step() throws IOException {
      if (operationsLeft != Integer.MAX_VALUE && --operationsLeft <= 0) {
        throw new IOException("the process is dead");
      }
    }
  }
}
