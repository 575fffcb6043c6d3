package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end before their time, and a disk that fills up. */
class ResumeTest {

  private static final String CHUNKS = "spark.memlake.chunk-pages=1024";

  @TempDir Path folder;

  private Path image;
  private Configuration hadoop;

  @BeforeEach
  void writeImage() throws IOException {
    image = folder.resolve("WS01.raw");
    Machines.write(image, 19041, 1);
    hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
    hadoop.set("fs.filling.impl", FillingFileSystem.class.getName());
    FillingFileSystem.chunksLeft = Integer.MAX_VALUE;
    FillingFileSystem.rowFilesLeft = Integer.MAX_VALUE;
  }

  @AfterEach
  void emptyTheDisk() {
    FillingFileSystem.chunksLeft = Integer.MAX_VALUE;
    FillingFileSystem.rowFilesLeft = Integer.MAX_VALUE;
  }

  @Test
  void finishedChunksOfARunThatEndedAreNotScannedAgain() throws IOException {
    FillingFileSystem.chunksLeft = 5;
    CommandRun full = analyze();
    assertThat(full.code()).as(full.err()).isEqualTo(5);
    assertThat(full.err().lines().filter(line -> line.startsWith("memlake: ")).toList())
        .hasSize(1)
        .allMatch(line -> line.contains("Cannot write ") && line.contains("No space left"));
    assertThat(full.err()).doesNotContain("\tat ");
    assertThat(chunkFiles()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
    int finished = chunkFiles().size();

    FillingFileSystem.chunksLeft = Integer.MAX_VALUE;
    CommandRun resumed = analyze();
    assertThat(resumed.err()).contains("WS01: ok");
    assertThat(resumed.code()).isZero();
    assertThat(
            sql(
                "SELECT tasks, skipped_chunks, status FROM run_steps WHERE step = 'chunks'"
                    + " AND status = 'ok'"))
        .containsExactly("16," + finished + ",ok");
    assertThat(sql("SELECT count(*) FROM pages")).containsExactly("16384");
    assertThat(sql("SELECT status FROM runs ORDER BY started")).containsExactly("failed", "ok");
    assertThat(chunkFiles()).isEmpty();
  }

  @Test
  void aDamagedChunkFileIsScannedAgain() throws IOException {
    FillingFileSystem.rowFilesLeft = 3;
    assertThat(analyze().code()).isEqualTo(5);
    assertThat(chunkFiles()).hasSize(16);
    Files.writeString(chunkFiles().get(3), "rubbish");
    FillingFileSystem.rowFilesLeft = Integer.MAX_VALUE;
    assertThat(analyze().code()).isZero();
    assertThat(
            sql(
                "SELECT skipped_chunks FROM run_steps WHERE step = 'chunks'"
                    + " ORDER BY started DESC LIMIT 1"))
        .containsExactly("15");
    assertThat(sql("SELECT count(*) FROM pages")).containsExactly("16384");
  }

  @Test
  void aRunThatEndedIsNotResumedWithOtherParameters() {
    FillingFileSystem.chunksLeft = 5;
    assertThat(analyze().code()).isEqualTo(5);
    FillingFileSystem.chunksLeft = Integer.MAX_VALUE;
    CommandRun other = analyze("--profile", "quick");
    assertThat(other.code()).isEqualTo(6);
    assertThat(other.err()).contains("profile was standard and is quick");
    assertThat(analyze("--profile", "quick", "--restart").code()).isZero();
    assertThat(
            sql(
                "SELECT skipped_chunks FROM run_steps WHERE step = 'chunks'"
                    + " ORDER BY started DESC LIMIT 1"))
        .containsExactly("0");
  }

  @Test
  void aFullDiskWhilePublishedHostsAreReplacedWipesNobody() throws IOException {
    Path other = folder.resolve("WS02.raw");
    Files.copy(image, other);
    assertThat(analyze().code()).isZero();
    assertThat(command(other).code()).isZero();
    long pages = Long.parseLong(sql("SELECT count(*) FROM pages").get(0));
    FillingFileSystem.rowFilesLeft = 2;
    assertThat(analyze("--restart").code()).isEqualTo(5);
    FillingFileSystem.rowFilesLeft = Integer.MAX_VALUE;
    assertThat(sql("SELECT count(*) FROM pages")).containsExactly(Long.toString(pages));
    assertThat(sql("SELECT host FROM hosts ORDER BY host")).containsExactly("WS01", "WS02");
  }

  private CommandRun analyze(Object... more) {
    return command(image, more);
  }

  private CommandRun command(Path evidence, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "analyze",
                "--lake",
                "filling://" + folder.resolve("lake"),
                "--progress",
                "plain",
                "--conf",
                CHUNKS,
                evidence));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray());
  }

  private List<String> sql(String query) {
    CommandRun run = CommandRun.of("sql", "--lake", folder.resolve("lake"), "-o", "csv", query);
    assertThat(run.err()).isEmpty();
    return run.lines().subList(1, run.lines().size());
  }

  private List<Path> chunkFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("lake"))) {
      return all.filter(file -> file.toString().endsWith(".findings")).sorted().toList();
    }
  }

  /** A disk with room for so many chunks and row files. */
  public static final class FillingFileSystem extends RawLocalFileSystem {
    static int chunksLeft;
    static int rowFilesLeft;

    /** Made by Hadoop. */
    public FillingFileSystem() {}

    @Override
    public String getScheme() {
      return "filling";
    }

    @Override
    public URI getUri() {
      return URI.create("filling:///");
    }

    @Override
    protected OutputStream createOutputStream(org.apache.hadoop.fs.Path path, boolean append)
        throws IOException {
      takeRoom(path.getName());
      return super.createOutputStream(path, append);
    }

    @Override
    protected OutputStream createOutputStreamWithMode(
        org.apache.hadoop.fs.Path path, boolean append, FsPermission permission)
        throws IOException {
      takeRoom(path.getName());
      return super.createOutputStreamWithMode(path, append, permission);
    }

    private static synchronized void takeRoom(String name) throws IOException {
      if (name.startsWith(".chunk-") && --chunksLeft < 0) {
        throw new IOException("No space left on device");
      }
      if (name.endsWith(".parquet") && --rowFilesLeft < 0) {
        throw new IOException("No space left on device");
      }
    }
  }
}
