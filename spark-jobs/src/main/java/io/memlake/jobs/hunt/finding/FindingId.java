package io.memlake.jobs.hunt.finding;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.evidence.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/** Makes ids of findings that do not change from run to run. */
final class FindingId {
  private static final int BYTES = 10;

  private FindingId() {}

  /** The id: {@code F-} and 20 hex digits of the SHA-256 over the parts, each ended by a zero. */
  static String of(String caseId, String host, String ruleUid, String entityKey) {
    MessageDigest digest = Fingerprint.sha256();
    for (String part : new String[] {caseId, host, ruleUid, entityKey}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    byte[] start = Arrays.copyOf(digest.digest(), BYTES);
    return "F-" + Hex.bytes(start).toLowerCase(Locale.ROOT);
  }
}
