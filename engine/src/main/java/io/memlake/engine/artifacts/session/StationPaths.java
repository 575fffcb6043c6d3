package io.memlake.engine.artifacts.session;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the object manager keeps the window stations of each session. */
public final class StationPaths {
  /** Numbers of sessions have few digits; more are none. */
  private static final Pattern OF_SESSION =
      Pattern.compile("\\\\Sessions\\\\(\\d{1,9})\\\\Windows\\\\WindowStations\\\\.*");

  private static final String OF_SERVICES = "\\Windows\\WindowStations\\";

  private StationPaths() {}

  /** The directory of a session's stations, with the backslash behind it. */
  static String folder(int sessionId) {
    return sessionId == 0 ? OF_SERVICES : "\\Sessions\\" + sessionId + OF_SERVICES;
  }

  /** The session of a station by its full name; empty when it lies elsewhere. */
  public static OptionalInt session(String path) {
    Matcher matcher = OF_SESSION.matcher(path);
    if (matcher.matches()) {
      return OptionalInt.of(Integer.parseInt(matcher.group(1)));
    }
    return path.startsWith(OF_SERVICES) ? OptionalInt.of(0) : OptionalInt.empty();
  }
}
