package io.memlake.engine.objects.network;

import java.util.Locale;

/** Internet addresses as text, in the form of RFC 5952. */
public final class InternetAddress {
  /** Any address of the old protocol. */
  public static final String ANY_4 = "0.0.0.0";

  /** Any address of the new protocol. */
  public static final String ANY_6 = "::";

  private static final int GROUPS = 8;

  private InternetAddress() {}

  /** Four bytes. */
  public static String version4(byte[] bytes, int offset) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      text.append(i == 0 ? "" : ".").append(bytes[offset + i] & 0xFF);
    }
    return text.toString();
  }

  /** Sixteen bytes; the longest run of zero groups is left out. */
  public static String version6(byte[] bytes) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    boolean mapped = start == 0 && length == 5 && groups[5] == 0xFFFF;
    if (mapped) {
      return "::ffff:" + version4(bytes, 12);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
