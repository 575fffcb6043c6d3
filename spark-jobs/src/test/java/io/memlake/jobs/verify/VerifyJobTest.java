package io.memlake.jobs.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.session.TestSpark;
import io.memlake.jobs.verify.Check.Verdict;
import io.memlake.schemas.row.EvidenceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyJobTest {
  /** SHA-256 of the three letters, from FIPS 180-2. */
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  private final Configuration configuration = PlainHadoop.configuration();
  private Path image;

  @BeforeEach
  void publishTwoHosts() throws IOException {
    image = folder.resolve("WS01.raw");
    Files.writeString(image, "abc");
    publish("run1", "WS01", SHA256_OF_ABC);
    publish("run2", "WS02", SHA256_OF_ABC);
  }

  @Test
  void anUntouchedLakeAndItsEvidenceAreAsRecorded() throws IOException {
    List<Check> checks = verify();
    assertThat(checks).extracting(Check::verdict).containsOnly(Verdict.OK);
    assertThat(checks).extracting(Check::what).contains("custody", "lake", "evidence");
    assertThat(VerifyJob.exitCode(checks)).isEqualTo(ExitCode.OK);
  }

  @Test
  void aFlippedBitInARowFileIsFound() throws IOException {
    Path part = partOf("WS01", "pages");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    assertThat(wrong())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.verdict()).isEqualTo(Verdict.CHANGED);
              assertThat(check.host()).isEqualTo("WS01");
              assertThat(check.name()).isEqualTo(part.toString());
            });
    assertThat(VerifyJob.exitCode(verify())).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void aCutRowFileIsFoundByItsLength() throws IOException {
    Path part = partOf("WS02", "pages");
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(wrong()).extracting(Check::message).first().asString().contains("bytes long");
  }

  @Test
  void aFileThatNoMarkerNamesIsFound() throws IOException {
    Path part = partOf("WS01", "pages");
    Files.copy(part, part.resolveSibling("part-99999-planted.parquet"));
    assertThat(wrong()).extracting(Check::verdict).containsExactly(Verdict.UNKNOWN);
  }

  @Test
  void aChangedMarkerBreaksTheCustody() throws IOException {
    Path marker = only(folder.resolve("lake/_memlake/commits/default/WS01"));
    Files.writeString(marker, Files.readString(marker).replace("\"standard\"", "\"full\""));
    assertThat(wrong()).extracting(Check::what).containsExactly("custody");
    assertThat(wrong()).extracting(Check::message).first().asString().contains("was changed");
  }

  @Test
  void aMarkerThatWasTakenAwayBreaksTheCustody() throws IOException {
    Files.delete(only(folder.resolve("lake/_memlake/commits/default/WS01")));
    assertThat(wrong())
        .filteredOn(check -> check.what().equals("custody"))
        .extracting(Check::message)
        .first()
        .asString()
        .contains("is gone");
  }

  @Test
  void aChangedRunRecordBreaksTheCustody() throws IOException {
    Path record = folder.resolve("lake/_memlake/runs/run1.json");
    Files.writeString(record, Files.readString(record).replace("analyze", "nothing"));
    assertThat(wrong()).extracting(Check::message).first().asString().contains("run1 was changed");
  }

  @Test
  void anEntryThatWasTakenOutBreaksTheChain() throws IOException {
    Path custody = folder.resolve("lake/_memlake/custody");
    Files.delete(custody.resolve("00000001-run1.json"));
    assertThat(wrong()).extracting(Check::message).asString().contains("does not follow");
  }

  @Test
  void aChangedEntryBreaksTheChain() throws IOException {
    Path entry = folder.resolve("lake/_memlake/custody/00000001-run1.json");
    Files.writeString(entry, Files.readString(entry) + " ");
    assertThat(wrong()).extracting(Check::message).asString().contains("does not follow");
  }

  @Test
  void evidenceThatChangedEndsWithItsOwnExitCode() throws IOException {
    Files.writeString(image, "abd");
    assertThat(wrong()).extracting(Check::what).containsOnly("evidence");
    assertThat(VerifyJob.exitCode(verify())).isEqualTo(ExitCode.EVIDENCE_MISMATCH);
  }

  @Test
  void evidenceThatIsNotThereMakesTheCheckPartial() throws IOException {
    Files.delete(image);
    assertThat(wrong()).extracting(Check::verdict).containsOnly(Verdict.MISSING);
    assertThat(VerifyJob.exitCode(verify())).isEqualTo(ExitCode.PARTIAL);
  }

  @Test
  void aReplacedHostLeavesTheCustodyWhole() throws IOException {
    publish("run3", "WS01", SHA256_OF_ABC);
    assertThat(wrong()).isEmpty();
    assertThat(Lake.open(lake(), configuration).custody().length()).isEqualTo(3);
  }

  @Test
  void aRunThatWasKilledIsEnteredByTheNextWriter() throws IOException {
    try (LakeWriter writer = LakeWriter.open(lake(), configuration)) {
      writer.record(run("run4", RunRecord.RUNNING));
    }
    assertThat(Lake.open(lake(), configuration).custody().length()).isEqualTo(2);
    LakeWriter.open(lake(), configuration).close();
    assertThat(Lake.open(lake(), configuration).custody().length()).isEqualTo(3);
    assertThat(wrong()).isEmpty();
  }

  private String lake() {
    return folder.resolve("lake").toString();
  }

  private List<Check> verify() throws IOException {
    return verify(CheckPlace.here());
  }

  private List<Check> verify(CheckPlace place) throws IOException {
    return new VerifyJob(Lake.open(lake(), configuration), configuration, true, place).run();
  }

  private List<Check> wrong() throws IOException {
    return verify().stream().filter(check -> check.verdict() != Verdict.OK).toList();
  }

  private Path partOf(String host, String table) throws IOException {
    return only(folder.resolve("lake/" + table + "/case_id=default/host=" + host));
  }

  /** The one file of a folder, checksums of the file system aside. */
  private static Path only(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void piecesAreCheckedOneByOneAndTheChangedOneIsNamed() throws IOException {
    List<String> pieces = List.of(Fingerprint.sha256("ab"), Fingerprint.sha256("c"));
    publish("run3", "WS03", null, pieces);
    assertThat(wrong()).isEmpty();
    Files.writeString(image, "abd");
    assertThat(wrong())
        .filteredOn(check -> check.host().equals("WS03"))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.verdict()).isEqualTo(Verdict.CHANGED);
              assertThat(check.name()).isEqualTo(image + " from 0x2 to 0x3");
              assertThat(check.message()).contains(pieces.get(1));
            });
    assertThat(VerifyJob.exitCode(verify())).isEqualTo(ExitCode.EVIDENCE_MISMATCH);
  }

  @Test
  void hashesThatAreFewerThanThePiecesAreNoProof() throws IOException {
    publish("run3", "WS03", null, List.of(Fingerprint.sha256("ab")));
    assertThat(wrong())
        .singleElement()
        .satisfies(
            check -> assertThat(check.message()).isEqualTo("1 hashes are recorded for 2 pieces"));
  }

  @Test
  void executorsFindWhatThisMachineFinds() throws IOException {
    publish("run3", "WS03", null, List.of(Fingerprint.sha256("ab"), Fingerprint.sha256("c")));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
    CheckPlace executors = CheckPlace.on(spark);
    assertThat(verify(executors)).isEqualTo(verify());
    assertThat(VerifyJob.exitCode(verify(executors))).isEqualTo(ExitCode.OK);
    assertThat(spark.statusTracker().getJobIdsForGroup("verify")).isNotEmpty();

    Path part = partOf("WS01", "pages");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    Files.delete(partOf("WS02", "pages"));
    Files.writeString(image, "abd");
    List<Check> found = verify(executors);
    assertThat(found).isEqualTo(verify());
    assertThat(found)
        .filteredOn(check -> check.verdict() != Verdict.OK)
        .extracting(check -> check.host() + " " + check.what() + " " + check.verdict())
        .containsExactlyInAnyOrder(
            "WS01 evidence CHANGED",
            "WS02 evidence CHANGED",
            "WS03 evidence CHANGED",
            "WS01 lake CHANGED",
            "WS02 lake MISSING");
  }

  private void publish(String runId, String host, String sha256) throws IOException {
    publish(runId, host, sha256, null);
  }

  private void publish(String runId, String host, String sha256, List<String> pieces)
      throws IOException {
    EvidenceRow evidence = new EvidenceRow();
    evidence.setPieceBytes(pieces == null ? null : 2L);
    evidence.setPieceSha256(pieces);
    evidence.setCaseId("default");
    evidence.setHost(host);
    evidence.setImageId("0123456789abcdef");
    evidence.setRunId(runId);
    evidence.setSource("container");
    evidence.setConfidence(100);
    evidence.setPath(image.toString());
    evidence.setFileName(image.getFileName().toString());
    evidence.setRole("memory");
    evidence.setKind("raw");
    evidence.setSize(Files.size(image));
    evidence.setSha256(sha256);
    evidence.setRegisteredAt(Instant.EPOCH);
    try (LakeWriter writer = LakeWriter.open(lake(), configuration)) {
      writer.publish(
          TestRows.manifest(host, runId, HostManifest.OK),
          TestRows.stage(
              writer,
              runId,
              host,
              List.of(TestRows.page(host, runId, 1), TestRows.page(host, runId, 2), evidence)));
      writer.record(run(runId, RunRecord.OK));
    }
  }

  private static RunRecord run(String runId, String status) {
    return new RunRecord(
        runId,
        "default",
        "analyze",
        "analyze WS01.raw",
        Map.of(),
        Instant.EPOCH.toString(),
        "",
        status,
        0,
        "",
        List.of(),
        Map.of(),
        Map.of());
  }
}
