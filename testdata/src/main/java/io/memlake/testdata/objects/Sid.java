package io.memlake.testdata.objects;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Security identifiers in text form and as bytes. */
public final class Sid {

  /** The system itself. */
  public static final String LOCAL_SYSTEM = "S-1-5-18";

  /** Services with few rights. */
  public static final String LOCAL_SERVICE = "S-1-5-19";

  /** Services that use the network. */
  public static final String NETWORK_SERVICE = "S-1-5-20";

  /** The group of administrators. */
  public static final String ADMINISTRATORS = "S-1-5-32-544";

  /** Everyone. */
  public static final String EVERYONE = "S-1-1-0";

  /** Integrity of system processes. */
  public static final String SYSTEM_INTEGRITY = "S-1-16-16384";

  /** Integrity of a user's processes. */
  public static final String MEDIUM_INTEGRITY = "S-1-16-8192";

  private static final int FIXED_BYTES = 8;

  private Sid() {}

  /** The bytes of {@code _SID}: revision, count, authority (big-endian), sub-authorities. */
  static byte[] bytes(String text) {
    String[] parts = text.split("-", -1);
    int count = parts.length - 3;
    ByteBuffer out =
        ByteBuffer.allocate(FIXED_BYTES + count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) Integer.parseInt(parts[1])).put((byte) count);
    long authority = Long.parseLong(parts[2]);
    out.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) authority);
    for (int i = 0; i < count; i++) {
      out.putInt((int) Long.parseLong(parts[3 + i]));
    }
    return out.array();
  }
}
