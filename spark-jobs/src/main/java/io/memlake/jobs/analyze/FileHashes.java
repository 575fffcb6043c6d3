package io.memlake.jobs.analyze;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.FileHash;
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
 * Whole hashes of a host's files, made beside the other stages since one cannot be split.
 *
 * @param byPath SHA-256 by path
 * @param problems files that could not be hashed
 * @param problem which file is not what an earlier run recorded; empty when all are
 */
record FileHashes(Map<String, String> byPath, List<String> problems, String problem) {
  private static final FileHashes NONE = new FileHashes(Map.of(), List.of(), "");

  /** Whether evidence changed since an earlier run hashed it. */
  boolean changed() {
    return !problem.isEmpty();
  }

  static CompletableFuture<FileHashes> start(
      Workplace place, AnalyzeRequest request, HostPlan plan) {
    if (!request.hash() || !plan.registered().error().isEmpty()) {
      return CompletableFuture.completedFuture(NONE);
    }
    return CompletableFuture.supplyAsync(() -> make(place, request, plan), place.background());
  }

  private static FileHashes make(Workplace place, AnalyzeRequest request, HostPlan plan) {
    List<String> paths = plan.registered().files().stream().map(FileFacts::path).toList();
    Broadcast<HadoopEvidence> evidence = place.evidence();
    List<String> hashes =
        Tasks.run(
            place.spark(),
            plan.host() + " hash",
            paths,
            path -> hash(path, evidence.value()),
            result -> {});
    Map<String, String> byPath = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      if (hashes.get(i).startsWith(FAILED)) {
        problems.add(hashes.get(i).substring(FAILED.length()));
      } else {
        byPath.put(paths.get(i), hashes.get(i));
      }
    }
    return new FileHashes(byPath, problems, mismatch(place, request, plan, byPath));
  }

  /** Stands before the reason when a file cannot be hashed; no hash begins with it. */
  private static final String FAILED = "failed: ";

  private static String hash(String path, HadoopEvidence evidence) {
    try {
      return FileHash.sha256(path, evidence);
    } catch (IOException e) {
      return FAILED + e.getMessage();
    }
  }

  private static String mismatch(
      Workplace place, AnalyzeRequest request, HostPlan plan, Map<String, String> hashes) {
    try {
      Optional<HostManifest> before = place.lake().lake().host(request.caseId(), plan.host());
      if (before.isEmpty() || !before.get().imageId().equals(plan.registered().imageId())) {
        return "";
      }
      String image = plan.registered().files().get(0).path();
      String recorded = before.get().imageSha256();
      String now = hashes.getOrDefault(image, "");
      return recorded.isEmpty() || now.isEmpty() || recorded.equals(now)
          ? ""
          : image + " has SHA-256 " + now + ", recorded was " + recorded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
