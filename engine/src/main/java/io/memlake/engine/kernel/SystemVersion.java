package io.memlake.engine.kernel;

import java.io.Serializable;

/**
 * Version of Windows.
 *
 * @param major {@code NtMajorVersion}, 0 when unknown
 * @param minor {@code NtMinorVersion}
 * @param build build number, 0 when unknown
 * @param source which place of the evidence told the build
 */
public record SystemVersion(int major, int minor, int build, String source)
    implements Serializable {
  /** Nothing known. */
  public static final SystemVersion UNKNOWN = new SystemVersion(0, 0, 0, "unknown");

  /** As people write it: {@code 10.0.19041 (container header)}. */
  public String text() {
    return major + "." + minor + "." + build + " (" + source + ")";
  }
}
