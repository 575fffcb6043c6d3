package io.memlake.testdata.golden;

import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One value for all of a machine's memory: changes when any byte does. */
public final class FrameDigest {

  private FrameDigest() {}

  /**
   * SHA-256 over number (8 bytes, little-endian) and bytes of every frame that is not all zero, in
   * ascending order.
   */
  public static String sha256(FrameSource frames) {
    MessageDigest digest = newDigest();
    byte[] number = new byte[Long.BYTES];
    for (FrameRun run : frames.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        if (!frames.isZero(pfn)) {
          ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).putLong(pfn);
          digest.update(number);
          digest.update(frames.frame(pfn));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
