package io.memlake.jobs.evidence;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * The identity of a file, known before it was read: SHA-256 over its length, its first and last
 * part and samples at even distances between. Rows carry its first 16 hex digits as {@code
 * image_id}; whether every byte is the same, only the full hash in {@code evidence} tells.
 */
public final class Fingerprint {
  private static final int EDGE_BYTES = 256 << 10;
  private static final int SAMPLE_BYTES = 4096;
  private static final int SAMPLES = 128;
  private static final int IMAGE_ID_DIGITS = 16;

  private Fingerprint() {}

  /** The {@code image_id} of a file. */
  public static String imageId(ByteSource source) throws IOException {
    MessageDigest digest = sha256();
    long size = source.size();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
    byte[] buffer = new byte[EDGE_BYTES];
    update(digest, source, 0, buffer, EDGE_BYTES);
    long step = size / (SAMPLES + 1);
    for (int i = 1; i <= SAMPLES && step > SAMPLE_BYTES; i++) {
      update(digest, source, step * i / SAMPLE_BYTES * SAMPLE_BYTES, buffer, SAMPLE_BYTES);
    }
    update(digest, source, Math.max(0, size - EDGE_BYTES), buffer, EDGE_BYTES);
    String digits = Hex.bytes(digest.digest()).toLowerCase(Locale.ROOT);
    return digits.substring(0, IMAGE_ID_DIGITS);
  }

  /** As many digits for a text. */
  public static String ofText(String text) {
    return sha256(text).substring(0, IMAGE_ID_DIGITS);
  }

  /** SHA-256 of a text in UTF-8, 64 lower-case hex digits. */
  public static String sha256(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return Hex.bytes(digest).toLowerCase(Locale.ROOT);
  }

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void update(
      MessageDigest digest, ByteSource source, long position, byte[] buffer, int length)
      throws IOException {
    int count = source.read(position, buffer, 0, length);
    digest.update(buffer, 0, count);
  }
}
