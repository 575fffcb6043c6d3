package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.objects.eventlog.EventChunk;
import io.memlake.engine.objects.eventlog.EventRecord;
import io.memlake.engine.objects.eventlog.EventSink;
import io.memlake.engine.objects.eventlog.TemplateStore;
import io.memlake.engine.objects.filerecord.FileEntry;
import io.memlake.engine.objects.filerecord.FileName;
import io.memlake.engine.objects.filerecord.FileRecord;
import io.memlake.engine.objects.filerecord.FileTable;
import io.memlake.engine.objects.prefetch.Prefetch;
import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.corpus.Corpus;
import io.memlake.testdata.fleet.PagedHost;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.store.StoreFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program has all event logs and prefetch files of the samples and a file table in its memory, of
 * which page files and the compressed store have three quarters: the tables say what the files say.
 */
class PagedOutFilesTest {
  private static final int BUILD = 19041;
  private static final int MAX_XML = 32_768;
  private static final String TABLE = "ntfs/unicode.mft";

  @TempDir static Path shared;

  private static Path lake;
  private static PagedHost host;

  @BeforeAll
  static void analyze() throws IOException {
    assumeTrue(Corpus.file(TABLE).isPresent(), "Skipped: " + Corpus.missing(TABLE));
    assertThat(TestSpark.session()).isNotNull();
    ProcessSpec holder = new ProcessSpec("holder.exe").parent("explorer.exe");
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      holder.privateRegion((bytes.length + 0xFFFL) & -0x1000, Protection.READ_WRITE, bytes);
    }
    host =
        PagedHost.write(
            SyntheticMachine.windows(BUILD)
                .seed(78)
                .ram(80L << 20)
                .standardProcesses()
                .process(holder)
                .build(),
            StoreFormat.of(BUILD, true),
            78,
            shared.resolve("evidence/FILES01"));
    lake = shared.resolve("lake");
    CommandRun run =
        CommandRun.analyze(lake, host.folder(), "--tables", "evtx,mft,prefetch,errors");
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(samples("evtx/system.evtx", ".evtx"));
    files.addAll(samples("prefetch/CMD.EXE-087B4001.pf", ".pf"));
    files.add(Corpus.file(TABLE).orElseThrow());
    return files;
  }

  private static List<Path> samples(String known, String ending) throws IOException {
    Optional<Path> file = Corpus.file(known);
    assumeTrue(file.isPresent(), "Skipped: " + Corpus.missing(known));
    try (Stream<Path> all = Files.list(file.orElseThrow().getParent())) {
      return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void mostOfTheFilesIsNotInRam() {
    long pid = host.trimmed().machine().truth().process("holder.exe").pid();
    assertThat(host.inStore().stream().filter(page -> page.pid() == pid)).hasSizeGreaterThan(300);
    assertThat(host.inPageFiles().stream().filter(page -> page.pid() == pid))
        .hasSizeGreaterThan(600);
  }

  @Test
  void everyRecordOfEveryLogIsThereOnce() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Path log : samples("evtx/system.evtx", ".evtx")) {
      byte[] bytes = Files.readAllBytes(log);
      for (int at = 4096; at + EventChunk.SIZE <= bytes.length; at += EventChunk.SIZE) {
        EventChunk.parse(bytes, at, EventChunk.SIZE, at)
            .ifPresent(chunk -> addRecords(chunk, expected));
      }
    }
    // Of pages on the standby list a copy is in page file 0, which nobody maps.
    List<String> found =
        CommandRun.rows(
            lake,
            "SELECT concat(record_id, '|', coalesce(md5(xml), '')) FROM evtx"
                + " WHERE origin = 'chunk' AND pid IS NOT NULL");
    assertThat(expected).hasSizeGreaterThan(4000);
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void addRecords(EventChunk chunk, List<String> lines) {
    try {
      chunk.records(
          new TemplateStore(),
          new EventSink() {
            @Override
            public void chunk(EventChunk other) {}

            @Override
            public void record(EventRecord record) {
              if (record.origin() == EventRecord.Origin.CHUNK) {
                String xml = record.xml();
                String kept = xml.length() <= MAX_XML ? xml : xml.substring(0, MAX_XML);
                lines.add(record.recordId() + "|" + (kept.isEmpty() ? "" : md5(kept)));
              }
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }

  @Test
  void everyPrefetchFileIsWhole() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Path file : samples("prefetch/CMD.EXE-087B4001.pf", ".pf")) {
      Prefetch prefetch = Prefetch.parse(file.toString(), Files.readAllBytes(file));
      expected.add(
          String.format(
              "%s,%08X,%d,%d,%b",
              prefetch.executable(),
              prefetch.hash(),
              prefetch.runCount(),
              prefetch.files().size(),
              prefetch.whole()));
    }
    assertThat(
            CommandRun.rows(
                lake,
                "SELECT executable, hash, run_count, file_count, whole FROM prefetch"
                    + " WHERE pid IS NOT NULL"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyFileOfTheTableHasItsPath() throws IOException {
    byte[] bytes = Files.readAllBytes(Corpus.file(TABLE).orElseThrow());
    FileTable table = new FileTable();
    for (int at = 0; at < bytes.length; at += 1024) {
      FileRecord.parse(bytes, at, bytes.length - at).ifPresent(table::add);
    }
    TreeSet<String> expected = new TreeSet<>();
    for (FileEntry file : table.files()) {
      for (FileName name : file.longNames()) {
        expected.add(file.reference().number() + "|" + table.path(name).path());
      }
    }
    assertThat(
            new TreeSet<>(
                CommandRun.rows(
                    lake,
                    "SELECT concat(record_number, '|', path) FROM mft WHERE pid IS NOT NULL"
                        + " AND record_type = 'file' AND name IS NOT NULL"
                        + " AND base_record IS NULL")))
        .isEqualTo(expected)
        .hasSizeGreaterThan(30);
  }
}
