package io.memlake.engine.objects.feature;

import java.util.regex.Pattern;

/** Keys of services that tell by their beginning what they are. */
final class ServiceKeys {
  private static final int SHOWN = 8;

  private static final Pattern KEY =
      Pattern.compile(
          "(AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{20,200}"
              + "|AIza[A-Za-z0-9_-]{35}|sk_live_[A-Za-z0-9]{24,99}");

  private ServiceKeys() {}

  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /** The first characters; a table that everybody may read should not hold the rest. */
  static String masked(String key) {
    return key.substring(0, SHOWN) + "*".repeat(key.length() - SHOWN);
  }
}
