package io.memlake.jobs.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.RamFill;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence and lake on a real HDFS of two data nodes, one of which goes away. */
class HdfsIT {
  private static final String PAGES =
      "SELECT pfn, page_hash, page_hash2, kind, pid, va FROM pages ORDER BY pfn";
  private static final String PROCESSES =
      "SELECT pid, ppid, image_file_name, eprocess, command_line FROM processes ORDER BY eprocess";

  @TempDir static java.nio.file.Path folder;

  private static MiniDFSCluster hdfs;
  private static String root;
  private static java.nio.file.Path image;

  @BeforeAll
  static void startHdfs() throws Exception {
    assertThat(TestSpark.session()).isNotNull();
    Configuration settings = new Configuration();
    settings.set("hadoop.security.authentication", "simple");
    settings.setLong("dfs.blocksize", 16L << 20);
    File base = Files.createDirectories(folder.resolve("hdfs")).toFile();
    hdfs = new MiniDFSCluster.Builder(settings, base).numDataNodes(2).build();
    hdfs.waitActive();
    root = "hdfs://127.0.0.1:" + hdfs.getNameNodePort();
    image = folder.resolve("WS01.raw");
    RawWriter.writePadded(
        SyntheticMachine.windows(19041)
            .seed(9)
            .ram(64L << 20)
            .fill(RamFill.Kind.NOISE)
            .standardProcesses()
            .build(),
        image);
    FileSystem files = hdfs.getFileSystem();
    files.mkdirs(new Path("/evidence"));
    files.copyFromLocalFile(new Path(image.toUri()), new Path("/evidence/WS01.raw"));
  }

  @AfterAll
  static void stopHdfs() {
    if (hdfs != null) {
      hdfs.shutdown();
    }
  }

  @Test
  void evidenceAndLakeOnHdfsGiveTheRowsOfLocalFiles() throws Exception {
    java.nio.file.Path local = folder.resolve("local");
    assertThat(CommandRun.analyze(local, image).code()).isZero();
    String lake = root + "/lake";
    CommandRun run = analyze(lake, root + "/evidence/WS01.raw");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(rows(lake, PROCESSES)).isEqualTo(CommandRun.rows(local, PROCESSES)).isNotEmpty();
    assertThat(rows(lake, PAGES)).isEqualTo(CommandRun.rows(local, PAGES)).hasSize(16384);
    CommandRun verified = CommandRun.of("verify", "--lake", lake);
    assertThat(verified.code()).as(verified.out()).isZero();

    // Its blocks lie on both nodes: what one alone can serve is everything.
    hdfs.stopDataNode(0);
    String second = root + "/second";
    assertThat(analyze(second, root + "/evidence").code()).isZero();
    assertThat(rows(second, PROCESSES)).isEqualTo(rows(lake, PROCESSES));
    assertThat(hdfs.getFileSystem().exists(new Path("/lake/_memlake/checkpoints/default/WS01")))
        .isFalse();
  }

  private static CommandRun analyze(String lake, String evidence) {
    return CommandRun.of(
        "analyze",
        evidence,
        "--lake",
        lake,
        "--progress",
        "plain",
        "--conf",
        "spark.memlake.chunk-pages=4096");
  }

  private static List<String> rows(String lake, String query) {
    CommandRun run = CommandRun.of("sql", "--lake", lake, "-o", "csv", query);
    assertThat(run.code()).as(run.err()).isZero();
    return run.lines().subList(1, run.lines().size());
  }
}
