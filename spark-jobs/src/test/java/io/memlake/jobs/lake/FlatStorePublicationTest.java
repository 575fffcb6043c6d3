package io.memlake.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Publishing where renaming a folder means copying its objects one by one. The process dies at each
 * request in turn.
 */
class FlatStorePublicationTest {
  /** More than a publication needs; the test itself asserts that. */
  private static final int REQUESTS = 30;

  private static final String IMPLEMENTATION = "spark.hadoop.fs.gs.impl";

  @TempDir Path folder;

  private Configuration configuration;
  private String location;

  @BeforeEach
  void mountTheStore() {
    System.setProperty(IMPLEMENTATION, FlatStore.class.getName());
    configuration = PlainHadoop.configuration();
    FlatStore.requestsLeft = Integer.MAX_VALUE;
    location = "gs://" + folder.resolve("lake");
  }

  @AfterEach
  void unmountIt() {
    System.clearProperty(IMPLEMENTATION);
  }

  static Stream<Integer> requests() {
    return Stream.iterate(1, request -> request + 1).limit(REQUESTS);
  }

  @Test
  void aHostIsReplaced() throws IOException {
    publish("run1", 3);
    publish("run2", 2);
    Lake lake = Lake.open(location, configuration);
    assertThat(lake.rows("pages")).isEqualTo(2);
    assertThat(parts("pages"))
        .containsExactly("part-00000-run2.parquet", "part-00001-run2.parquet");
    assertThat(Files.exists(folder.resolve("lake/_memlake/lock"))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aPublicationThatDiesAtAnyRequestIsFinishedByTheNextWriter(int deadlyRequest)
      throws IOException {
    publish("run1", 3);
    boolean died = false;
    try (LakeWriter lake = LakeWriter.open(location, configuration)) {
      Map<String, List<DataFile>> staged = stage(lake, "run2", 2);
      FlatStore.requestsLeft = deadlyRequest;
      lake.publish(TestRows.manifest("WS01", "run2", HostManifest.OK), staged);
      died = FlatStore.requestsLeft <= 0;
    } catch (LakeWriteException e) {
      died = true;
    } finally {
      FlatStore.requestsLeft = Integer.MAX_VALUE;
    }
    assertThat(died || deadlyRequest > REQUESTS / 2).isTrue();
    assertThat(deadlyRequest < REQUESTS || !died).as("requests of a publication").isTrue();

    // Whatever the marker names is there, whole, at every moment.
    HostManifest marker = marker();
    assertThat(parts("pages"))
        .containsAll(marker.tables().get("pages").stream().map(DataFile::path).toList());

    // The lock of a process that is dead is the operator's to delete.
    Files.deleteIfExists(folder.resolve("lake/_memlake/lock"));
    LakeWriter.open(location, configuration).close();
    Lake lake = Lake.open(location, configuration);
    String run = lake.hosts().get(0).runId();
    assertThat(lake.rows("pages")).isEqualTo(run.equals("run1") ? 3 : 2);
    assertThat(parts("pages"))
        .hasSize((int) lake.rows("pages"))
        .allMatch(name -> name.contains(run));
    assertThat(parts("kernel_modules")).hasSize(run.equals("run1") ? 0 : 1);
    assertThat(Files.exists(folder.resolve("lake/_memlake/staging"))).isFalse();
  }

  private HostManifest marker() throws IOException {
    return Lake.at(location, configuration).host("default", "WS01").orElseThrow();
  }

  private void publish(String runId, int pages) throws IOException {
    try (LakeWriter lake = LakeWriter.open(location, configuration)) {
      Map<String, List<DataFile>> staged = stage(lake, runId, pages);
      lake.publish(TestRows.manifest("WS01", runId, HostManifest.OK), staged);
    }
  }

  /** One file a page, so that a table has several; the second run has another table, too. */
  private static Map<String, List<DataFile>> stage(LakeWriter lake, String runId, int pages)
      throws IOException {
    java.util.TreeMap<String, List<DataFile>> staged = new java.util.TreeMap<>();
    for (int pfn = 1; pfn <= pages; pfn++) {
      DataFile page =
          TestRows.stage(lake, runId, "WS01", List.of(TestRows.page("WS01", runId, pfn)))
              .get("pages")
              .get(0);
      org.apache.hadoop.fs.Path own = new org.apache.hadoop.fs.Path(page.path()).suffix("." + pfn);
      lake.files().move(new org.apache.hadoop.fs.Path(page.path()), own);
      staged
          .computeIfAbsent("pages", table -> new java.util.ArrayList<>())
          .add(page.named(own.toString()));
    }
    if (!runId.equals("run1")) {
      staged.putAll(
          TestRows.stage(
              lake, runId, "WS01", List.of(TestRows.kernelModule("WS01", runId, "ntoskrnl.exe"))));
    }
    return staged;
  }

  private List<String> parts(String table) throws IOException {
    Path path = folder.resolve("lake/" + table + "/case_id=default/host=WS01");
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Folders are renamed and deleted object by object, and nothing is renamed over an object. */
  public static final class FlatStore extends RawLocalFileSystem {
    static int requestsLeft = Integer.MAX_VALUE;

    @Override
    public URI getUri() {
      return URI.create("gs:///");
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      if (getFileStatus(from).isFile()) {
        if (exists(to)) {
          throw new FileAlreadyExistsException("Failed to rename " + from + "; it exists");
        }
        request();
        return super.rename(from, to);
      }
      mkdirs(to);
      for (FileStatus child : listStatus(from)) {
        rename(child.getPath(), new org.apache.hadoop.fs.Path(to, child.getPath().getName()));
      }
      return super.delete(from, true);
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      if (exists(path) && getFileStatus(path).isDirectory()) {
        for (FileStatus child : listStatus(path)) {
          delete(child.getPath(), recursive);
        }
      }
      request();
      return super.delete(path, recursive);
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path file,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      request();
      return super.create(
          file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    private static void request() throws IOException {
      if (requestsLeft != Integer.MAX_VALUE && --requestsLeft <= 0) {
        throw new IOException("the process is dead");
      }
    }
  }
}
