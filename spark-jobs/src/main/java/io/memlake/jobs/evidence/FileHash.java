package io.memlake.jobs.evidence;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.Evidence;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Locale;

/** The hash that custody records hold. */
public final class FileHash {
  private static final int BLOCK_BYTES = 256 << 10;

  private FileHash() {}

  /** SHA-256 of a whole file, 64 lower-case hex digits. */
  public static String sha256(String file, Evidence evidence) throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    try (ByteSource source = evidence.open(file)) {
      byte[] block = new byte[BLOCK_BYTES];
      long position = 0;
      int count;
      while ((count = source.read(position, block, 0, block.length)) > 0) {
        digest.update(block, 0, count);
        position += count;
      }
    }
    return Hex.bytes(digest.digest()).toLowerCase(Locale.ROOT);
  }
}
