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
    return sha256(new FilePiece(file, 0, Long.MAX_VALUE), evidence);
  }

  /** SHA-256 of as much of a piece as there is, 64 lower-case hex digits. */
  public static String sha256(FilePiece piece, Evidence evidence) throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    try (ByteSource source = evidence.open(piece.path())) {
      byte[] block = new byte[BLOCK_BYTES];
      long done = 0;
      while (done < piece.length()) {
        int wanted = (int) Math.min(block.length, piece.length() - done);
        int count = source.read(piece.offset() + done, block, 0, wanted);
        if (count <= 0) {
          break;
        }
        digest.update(block, 0, count);
        done += count;
      }
    }
    return Hex.bytes(digest.digest()).toLowerCase(Locale.ROOT);
  }
}
