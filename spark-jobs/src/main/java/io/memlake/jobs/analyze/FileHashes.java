package io.memlake.jobs.analyze;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.FileHash;
import io.memlake.jobs.evidence.FilePiece;
import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.task.RegisterTask.FileFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.broadcast.Broadcast;

/**
 * Hashes of a host's files, made beside the other stages: that of a whole file cannot be split.
 *
 * @param byPath SHA-256 by path, empty when pieces were hashed
 * @param piecesByPath SHA-256 of the pieces by path, empty when whole files were hashed
 * @param problems files that could not be hashed
 * @param problem which file is not what an earlier run recorded; empty when all are
 */
record FileHashes(
    Map<String, String> byPath,
    Map<String, List<String>> piecesByPath,
    List<String> problems,
    String problem) {
  private static final FileHashes NONE = new FileHashes(Map.of(), Map.of(), List.of(), "");

  /** Tells a hash over hashes from that of a file. */
  private static final String OF_PIECES = "pieces:";

  /** Whether evidence changed since an earlier run hashed it. */
  boolean changed() {
    return !problem.isEmpty();
  }

  static CompletableFuture<FileHashes> start(
      Workplace place, AnalyzeRequest request, HostPlan plan) {
    if (request.hash() == HashMode.NONE || !plan.registered().error().isEmpty()) {
      return CompletableFuture.completedFuture(NONE);
    }
    return CompletableFuture.supplyAsync(() -> make(place, request, plan), place.background());
  }

  /** What a marker keeps of the image; empty when it was not hashed. */
  String ofImage(String path) {
    List<String> pieces = piecesByPath.get(path);
    return pieces == null
        ? byPath.getOrDefault(path, "")
        : OF_PIECES + Fingerprint.sha256(FilePiece.BYTES + " " + String.join(" ", pieces));
  }

  private static FileHashes make(Workplace place, AnalyzeRequest request, HostPlan plan) {
    boolean whole = request.hash() == HashMode.FULL;
    List<FilePiece> pieces = new ArrayList<>();
    for (FileFacts file : plan.registered().files()) {
      long bytes = whole ? Math.max(1, file.size()) : FilePiece.BYTES;
      pieces.addAll(FilePiece.of(file.path(), file.size(), bytes));
    }
    Broadcast<HadoopEvidence> evidence = place.evidence();
    List<String> hashes =
        Tasks.run(
            place.spark(),
            plan.host() + " hash",
            pieces,
            piece -> hash(piece, evidence.value()),
            result -> {});
    Map<String, List<String>> byPath = new TreeMap<>();
    Map<String, String> problems = new TreeMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      String path = pieces.get(i).path();
      if (hashes.get(i).startsWith(FAILED)) {
        problems.putIfAbsent(path, hashes.get(i).substring(FAILED.length()));
      }
      byPath.computeIfAbsent(path, key -> new ArrayList<>()).add(hashes.get(i));
    }
    byPath.keySet().removeAll(problems.keySet());
    Map<String, String> files = new TreeMap<>();
    if (whole) {
      byPath.forEach((path, one) -> files.put(path, one.get(0)));
      byPath.clear();
    }
    FileHashes made = new FileHashes(files, byPath, List.copyOf(problems.values()), "");
    return new FileHashes(files, byPath, made.problems, made.mismatch(place, request, plan));
  }

  /** Stands before the reason when a file cannot be hashed; no hash begins with it. */
  private static final String FAILED = "failed: ";

  private static String hash(FilePiece piece, HadoopEvidence evidence) {
    try {
      return FileHash.sha256(piece, evidence);
    } catch (IOException e) {
      return FAILED + e.getMessage();
    }
  }

  private String mismatch(Workplace place, AnalyzeRequest request, HostPlan plan) {
    try {
      Optional<HostManifest> before = place.lake().lake().host(request.caseId(), plan.host());
      if (before.isEmpty() || !before.get().imageId().equals(plan.registered().imageId())) {
        return "";
      }
      String image = plan.registered().files().get(0).path();
      String recorded = before.get().imageSha256();
      String now = ofImage(image);
      boolean comparable = recorded.startsWith(OF_PIECES) == now.startsWith(OF_PIECES);
      return recorded.isEmpty() || now.isEmpty() || !comparable || recorded.equals(now)
          ? ""
          : image + " has SHA-256 " + now + ", recorded was " + recorded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
