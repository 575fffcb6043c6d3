package io.memlake.jobs.verify;

import java.io.Serializable;

/**
 * What became of one thing that was checked.
 *
 * @param what {@code custody}, {@code lake} or {@code evidence}
 * @param caseId the case, or empty
 * @param host the host, or empty
 * @param name the file
 * @param verdict the verdict
 * @param message why it is not {@link Verdict#OK}; empty otherwise
 */
public record Check(
    String what, String caseId, String host, String name, Verdict verdict, String message)
    implements Serializable {

  /** Kinds of outcome. */
  public enum Verdict {
    /** As it was recorded. */
    OK,
    /** Nothing was recorded to compare with. */
    NOT_RECORDED,
    /** It is not there. */
    MISSING,
    /** It is not what was recorded. */
    CHANGED,
    /** It is there, and no record names it. */
    UNKNOWN
  }

  static Check ok(String what, String caseId, String host, String name) {
    return new Check(what, caseId, host, name, Verdict.OK, "");
  }
}
