package io.memlake.jobs.hunt.indicator;

import java.util.regex.Pattern;

/** Undoes what keeps indicators from being clicked on: {@code hxxp://evil[.]example}. */
public final class Refang {
  private static final Pattern DOT =
      Pattern.compile("\\s*[\\[({]\\s*(?:\\.|dot|DOT)\\s*[\\])}]\\s*|\\[\\.|\\.\\]|\\\\\\.");
  private static final Pattern AT = Pattern.compile("\\s*[\\[({]\\s*(?:@|at|AT)\\s*[\\])}]\\s*");
  private static final Pattern COLON = Pattern.compile("[\\[({]\\s*:\\s*[\\])}]");
  private static final Pattern SLASHES = Pattern.compile("[\\[({]\\s*://\\s*[\\])}]");
  private static final Pattern SCHEME =
      Pattern.compile("^(?:h(?:xx|XX|\\*\\*|__|tt)p(s?)|H(?:XX|xx)P([sS]?))(?=:|\\[)");
  private static final Pattern FTP = Pattern.compile("^f(?:x|X|\\*)p(s?)(?=:|\\[)");

  private Refang() {}

  /** {@code value} as it is on the wire. Never used for paths, where backslashes mean something. */
  public static String of(String value) {
    String text = value.strip();
    text = SCHEME.matcher(text).replaceFirst("http$1$2");
    text = FTP.matcher(text).replaceFirst("ftp$1");
    text = SLASHES.matcher(text).replaceAll("://");
    text = COLON.matcher(text).replaceAll(":");
    text = AT.matcher(text).replaceAll("@");
    return DOT.matcher(text).replaceAll(".");
  }
}
