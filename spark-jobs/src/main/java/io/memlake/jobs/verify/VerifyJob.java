package io.memlake.jobs.verify;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.verify.Check.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

/** Verifies a lake: {@code memlake verify}. Nothing is written. */
public final class VerifyJob {
  private static final String CUSTODY = "custody";

  private final Lake lake;
  private final Configuration configuration;
  private final boolean withEvidence;

  /**
   * Verifies {@code lake}.
   *
   * @param withEvidence whether evidence files are read and hashed again
   */
  public VerifyJob(Lake lake, Configuration configuration, boolean withEvidence) {
    this.lake = lake;
    this.configuration = configuration;
    this.withEvidence = withEvidence;
  }

  /** Checks everything, one file a thread; the result is in order of kind, case, host and name. */
  public List<Check> run() throws IOException {
    List<CheckTask> tasks = new ArrayList<>();
    tasks.add(this::custody);
    tasks.addAll(new LakeCheck(lake, configuration).tasks());
    if (withEvidence) {
      tasks.addAll(new EvidenceCheck(lake, configuration).tasks());
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<List<Check>>> running = new ArrayList<>();
      for (CheckTask task : tasks) {
        running.add(threads.submit(task::run));
      }
      List<Check> checks = new ArrayList<>();
      for (Future<List<Check>> one : running) {
        checks.addAll(result(one));
      }
      checks.sort(
          Comparator.comparing(Check::what)
              .thenComparing(Check::caseId)
              .thenComparing(Check::host)
              .thenComparing(Check::name)
              .thenComparing(Check::message));
      return checks;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The worst that was found. */
  public static ExitCode exitCode(List<Check> checks) {
    boolean partial = false;
    for (Check check : checks) {
      boolean wrong = check.verdict() == Verdict.CHANGED || check.verdict() == Verdict.UNKNOWN;
      if (check.what().equals("evidence")) {
        if (wrong) {
          return ExitCode.EVIDENCE_MISMATCH;
        }
        partial |= check.verdict() == Verdict.MISSING;
      }
    }
    boolean damaged =
        checks.stream()
            .filter(check -> !check.what().equals("evidence"))
            .anyMatch(
                check -> check.verdict() != Verdict.OK && check.verdict() != Verdict.NOT_RECORDED);
    if (damaged) {
      return ExitCode.FAILURE;
    }
    return partial ? ExitCode.PARTIAL : ExitCode.OK;
  }

  private List<Check> custody() throws IOException {
    List<String> violations = lake.custody().violations();
    String name = lake.custody().length() + " entries, head " + lake.custody().head();
    if (violations.isEmpty()) {
      return List.of(Check.ok(CUSTODY, "", "", name));
    }
    return violations.stream()
        .map(violation -> new Check(CUSTODY, "", "", name, Verdict.CHANGED, violation))
        .toList();
  }

  private static List<Check> result(Future<List<Check>> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException medium) {
        throw medium;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
