package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.fleet.PagedFleet;
import io.memlake.testdata.fleet.PagedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ended is resumed also in page files and in the compressed store. */
class PagedOutResumeTest {
  @TempDir Path folder;

  private PagedHost host;

  @BeforeEach
  void writeHost() throws IOException {
    host = PagedFleet.write(folder.resolve("evidence/PAGED"), 19041, 9);
    TestSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.filling.impl", ResumeTest.FillingFileSystem.class.getName());
    ResumeTest.FillingFileSystem.chunksLeft = Integer.MAX_VALUE;
    ResumeTest.FillingFileSystem.rowFilesLeft = Integer.MAX_VALUE;
  }

  @AfterEach
  void emptyTheDisk() {
    ResumeTest.FillingFileSystem.chunksLeft = Integer.MAX_VALUE;
    ResumeTest.FillingFileSystem.rowFilesLeft = Integer.MAX_VALUE;
  }

  @Test
  void unitsOfEveryLayerAreTakenOverAndDamagedOnesAreDoneAgain() throws IOException {
    ResumeTest.FillingFileSystem.rowFilesLeft = 1;
    assertThat(analyze().code()).isEqualTo(5);
    ResumeTest.FillingFileSystem.rowFilesLeft = Integer.MAX_VALUE;
    Files.writeString(chunkFile("-pagefile1-"), "rubbish");

    CommandRun resumed = analyze();

    assertThat(resumed.err()).contains("PAGED: ok");
    assertThat(
            CommandRun.rows(
                folder.resolve("lake"),
                "SELECT layer, tasks, skipped_chunks, status FROM run_steps"
                    + " WHERE step = 'chunks' AND layer IS NOT NULL"
                    + " AND run_id = (SELECT max_by(run_id, started) FROM runs) ORDER BY layer"))
        .containsExactly("compressed,1,1,resumed", "pagefile0,1,1,resumed", "pagefile1,1,0,ok");
    assertThat(
            CommandRun.rows(
                folder.resolve("lake"),
                "SELECT count(*), count(pid) FROM compressed_pages WHERE status = 'ok'"))
        .containsExactly(host.inStore().size() + "," + host.inStore().size());
    assertThat(
            CommandRun.rows(
                folder.resolve("lake"),
                "SELECT count(pid) FROM pages WHERE layer LIKE 'pagefile%'"))
        .containsExactly(Integer.toString(host.inPageFiles().size()));
  }

  private CommandRun analyze() {
    return CommandRun.of(
        "analyze",
        "--lake",
        "filling://" + folder.resolve("lake"),
        "--progress",
        "plain",
        host.folder());
  }

  private Path chunkFile(String part) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".findings"))
              .filter(file -> file.getParent().getFileName().toString().contains(part))
              .toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
