package io.memlake.jobs.verify;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.verify.Check.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Verifies a lake: {@code memlake verify}. Nothing is written. */
public final class VerifyJob {
  private static final String CUSTODY = "custody";

  private final Lake lake;
  private final Configuration configuration;
  private final boolean withEvidence;
  private final CheckPlace place;

  /**
   * Verifies {@code lake}.
   *
   * @param withEvidence whether evidence files are read and hashed again
   * @param place where files are read
   */
  public VerifyJob(Lake lake, Configuration configuration, boolean withEvidence, CheckPlace place) {
    this.lake = lake;
    this.configuration = configuration;
    this.withEvidence = withEvidence;
    this.place = place;
  }

  /** Checks everything; the result is in order of kind, case, host and name. */
  public List<Check> run() throws IOException {
    List<Check> checks = new ArrayList<>(custody());
    LakeCheck ofLake = new LakeCheck(lake, configuration);
    List<RecordedFile> files = new ArrayList<>(ofLake.files());
    checks.addAll(ofLake.others());
    if (withEvidence) {
      files.addAll(new EvidenceCheck(lake, configuration).files(checks));
    }
    checks.addAll(place.check(files, configuration));
    checks.sort(
        Comparator.comparing(Check::what)
            .thenComparing(Check::caseId)
            .thenComparing(Check::host)
            .thenComparing(Check::name)
            .thenComparing(Check::message));
    return checks;
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
}
