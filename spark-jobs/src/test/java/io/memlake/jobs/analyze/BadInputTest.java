package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.corpus.Corpus;
import io.memlake.testdata.damage.DamagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people hand in by mistake: one line that says what it is, and a code that scripts know. */
class BadInputTest {

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assertThat(TestSpark.session()).isNotNull();
  }

  @Test
  void anEmptyFile() throws IOException {
    Path file = Files.write(folder.resolve("empty.raw"), new byte[0]);
    assertRefused(file, 1, "an empty file");
  }

  @Test
  void aTextFile() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.raw"), "Dear examiner,\n".repeat(2000));
    assertRefused(file, 1, "Cannot use " + file);
  }

  @Test
  void randomBytesAreScannedButHoldNoWindows() throws IOException {
    byte[] noise = new byte[4 << 20];
    new Random(4).nextBytes(noise);
    Path file = Files.write(folder.resolve("noise.raw"), noise);
    CommandRun run = analyze(file);
    assertThat(run.code()).isEqualTo(3);
    assertThat(problems(run)).hasSize(1).allMatch(line -> line.contains("No Windows"));
    assertThat(sql("SELECT count(*) FROM pages")).containsExactly("1024");
    assertThat(sql("SELECT count(*) FROM processes")).containsExactly("0");
    assertThat(sql("SELECT verdict FROM image_quality")).containsExactly("unusable");
    assertThat(sql("SELECT ram_bytes, nt_build FROM hosts")).containsExactly((4 << 20) + ",");
    assertThat(sql("SELECT stage, severity FROM errors")).containsExactly("open,error");
  }

  @Test
  void aTruncatedCrashDumpHasGapRows() throws IOException {
    Path whole = corpus("images/w10-19041.804.full.dmp");
    Path file = folder.resolve("cut.dmp");
    Files.copy(whole, file);
    file.toFile().setWritable(true);
    DamagedFile.truncate(file, Files.size(whole) - (100 << 12) - 77);
    CommandRun run = analyze(file);
    assertThat(run.code()).isIn(0, 3);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(sql("SELECT sum(occurrences) FROM errors WHERE severity = 'gap' AND stage = 'open'"))
        .containsExactly("101");
    assertThat(sql("SELECT frames_truncated FROM image_quality")).containsExactly("101");
  }

  @Test
  void aProcessCoreOfAnotherSystem() {
    Path core = corpusAny("formats/elfcore");
    assertRefused(core, 1, "Cannot use " + core);
  }

  @Test
  void aFolderWithoutImages() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("nothing"));
    assertRefused(empty, 2, "No memory image in " + empty);
  }

  @Test
  void aFileThatIsNotThere() {
    Path missing = folder.resolve("missing.raw");
    assertRefused(missing, 2, "No such evidence: " + missing);
  }

  @Test
  void aFileThatMayNotBeRead() throws IOException {
    Path file = Files.write(folder.resolve("secret.raw"), new byte[8192]);
    file.toFile().setReadable(false);
    assumeTrue(!Files.isReadable(file), "skipped: this user may read every file");
    assertRefused(file, 1, "Cannot read " + file);
  }

  @Test
  void aLakeThatCannotBeMade() throws IOException {
    Path file = Files.write(folder.resolve("a.raw"), new byte[1 << 20]);
    Path notAFolder = Files.writeString(folder.resolve("lake-file"), "x");
    CommandRun run = CommandRun.of("analyze", file, "--lake", notAFolder);
    assertThat(run.code()).isEqualTo(5);
    assertThat(problems(run)).hasSize(1).allMatch(line -> line.contains("Cannot write "));
  }

  @Test
  void symbolsThatAreNotThere() throws IOException {
    Path image = folder.resolve("WS01.raw");
    Machines.write(image, 19041, 3);
    Path missing = folder.resolve("no.json");
    CommandRun run = analyze(image, "--isf", missing);
    assertThat(run.code()).isEqualTo(1);
    assertThat(problems(run)).hasSize(1).allMatch(line -> line.contains(missing.toString()));
  }

  @Test
  void twoHostsWithOneName() throws IOException {
    Path one = Files.write(Files.createDirectories(folder.resolve("a")).resolve("X.raw"), noise());
    Path other =
        Files.write(Files.createDirectories(folder.resolve("b")).resolve("X.raw"), noise());
    CommandRun run = analyze(one, other);
    assertThat(run.code()).isEqualTo(2);
    assertThat(problems(run))
        .hasSize(1)
        .allMatch(line -> line.contains(one.toString()) && line.contains(other.toString()));
  }

  @Test
  void wrongOptions() throws IOException {
    Path file = Files.write(folder.resolve("a.raw"), noise());
    for (List<String> wrong :
        List.of(
            List.of("--profile", "huge"),
            List.of("--hash", "md4"),
            List.of("--progress", "loud"),
            List.of("--fail-fast", "--keep-going"),
            List.of("--conf", "nonsense"),
            List.of("--conf", "spark.memlake.chunk-pages=-1"),
            List.of("--case", " "))) {
      CommandRun run = analyze(file, wrong.toArray());
      assertThat(run.code()).as(wrong.toString()).isEqualTo(2);
      assertThat(run.err()).as(wrong.toString()).doesNotContain("\tat ");
    }
  }

  private void assertRefused(Path evidence, int code, String reason) {
    CommandRun run = analyze(evidence);
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(problems(run)).hasSize(1).allMatch(line -> line.contains(reason));
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("\tat ");
  }

  private static List<String> problems(CommandRun run) {
    return run.err().lines().filter(line -> line.startsWith("memlake: ")).toList();
  }

  private CommandRun analyze(Path evidence, Object... more) {
    Object[] all = new Object[more.length + 6];
    all[0] = "analyze";
    all[1] = "--lake";
    all[2] = folder.resolve("lake");
    all[3] = "--progress";
    all[4] = "none";
    all[5] = evidence;
    System.arraycopy(more, 0, all, 6, more.length);
    return CommandRun.of(all);
  }

  private List<String> sql(String query) {
    CommandRun run = CommandRun.of("sql", "--lake", folder.resolve("lake"), "-o", "csv", query);
    assertThat(run.err()).isEmpty();
    return run.lines().subList(1, run.lines().size());
  }

  private static byte[] noise() {
    byte[] bytes = new byte[1 << 20];
    new Random(9).nextBytes(bytes);
    return bytes;
  }

  private static Path corpus(String name) {
    Optional<Path> file = Corpus.file(name);
    assumeTrue(file.isPresent(), () -> Corpus.missing(name));
    return file.get();
  }

  private static Path corpusAny(String folderName) {
    Path found = corpus(folderName);
    try (var files = Files.list(found)) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
