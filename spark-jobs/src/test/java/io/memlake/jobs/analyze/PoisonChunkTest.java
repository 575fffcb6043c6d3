package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BufferedFSInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium with a bad spot costs half a chunk, and the run says so and goes on. */
class PoisonChunkTest {
  private static final int CHUNK_PAGES = 4096;
  private static final long HALF_CHUNK = CHUNK_PAGES / 2;

  /** In the second half of chunk 2. */
  private static final long BAD = (42L << 20) + 0x35000;

  @TempDir Path folder;

  private Path image;

  @BeforeEach
  void writeImage() throws IOException {
    image = folder.resolve("WS01.raw");
    Machines.write(image, 19041, 1);
    Configuration hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
    hadoop.set("fs.badsector.impl", BadSectorFileSystem.class.getName());
  }

  @Test
  void halfOfTheChunkIsGivenUpAndTheRestIsAsFromAGoodMedium() {
    CommandRun whole = analyze("whole", image.toString());
    assertThat(whole.code()).as(whole.err()).isZero();
    CommandRun run = analyze("lake", "badsector://" + image);
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains("memlake: WS01: partial: ").contains("bad sector");

    assertThat(rows("lake", "SELECT chunk, status, poison, pages, attempts FROM chunks ORDER BY 1"))
        .containsExactly(
            "0,ok,false,4096,1", "1,ok,false,4096,1", "2,partial,true,2048,2", "3,ok,false,4096,1");
    assertThat(rows("lake", "SELECT count(*) FROM pages WHERE kind = 'absent'"))
        .containsExactly(Long.toString(HALF_CHUNK));
    long firstLost = 2 * CHUNK_PAGES + HALF_CHUNK;
    String others =
        "SELECT pfn, page_hash, page_hash2 FROM pages WHERE NOT pfn BETWEEN "
            + firstLost
            + " AND "
            + (firstLost + HALF_CHUNK - 1)
            + " ORDER BY pfn";
    assertThat(rows("lake", others)).hasSize(14336).isEqualTo(rows("whole", others));
    assertThat(
            rows(
                "lake",
                "SELECT severity, occurrences FROM errors WHERE item = 'chunk 2' ORDER BY severity"))
        .containsExactly("error,1", "gap," + HALF_CHUNK);
  }

  private CommandRun analyze(String lake, String evidence) {
    return CommandRun.analyze(
        folder.resolve(lake),
        evidence,
        "--hash",
        "none",
        "--conf",
        "spark.memlake.chunk-pages=" + CHUNK_PAGES);
  }

  private List<String> rows(String lake, String query) {
    return CommandRun.rows(folder.resolve(lake), query);
  }

  /** A disk that cannot read one page. */
  public static final class BadSectorFileSystem extends RawLocalFileSystem {

    /** Made by Hadoop. */
    public BadSectorFileSystem() {}

    @Override
    public String getScheme() {
      return "badsector";
    }

    @Override
    public URI getUri() {
      return URI.create("badsector:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize)
        throws IOException {
      FSDataInputStream good = super.open(path, bufferSize);
      return new FSDataInputStream(new BufferedFSInputStream(new BadSector(good), 4096));
    }
  }

  private static final class BadSector extends FSInputStream {
    private final FSDataInputStream good;

    BadSector(FSDataInputStream good) {
      this.good = good;
    }

    @Override
    public void seek(long position) throws IOException {
      good.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return good.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public int read() throws IOException {
      check(1);
      return good.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      check(length);
      return good.read(target, offset, length);
    }

    private void check(int length) throws IOException {
      if (getPos() < BAD + 4096 && getPos() + length > BAD) {
        throw new IOException("bad sector");
      }
    }

    @Override
    public void close() throws IOException {
      good.close();
    }
  }
}
