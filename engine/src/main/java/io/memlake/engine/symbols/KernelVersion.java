package io.memlake.engine.symbols;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * File version of a Windows binary.
 *
 * @param major 10 since Windows 10
 * @param minor 0 since Windows 10
 * @param build which release, for instance 19041
 * @param revision which update of that release
 */
public record KernelVersion(int major, int minor, int build, int revision)
    implements Comparable<KernelVersion>, Serializable {
  /** What is known of a file without a version. */
  public static final KernelVersion UNKNOWN = new KernelVersion(0, 0, 0, 0);

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})");

  private static final Comparator<KernelVersion> ORDER =
      Comparator.comparingInt(KernelVersion::major)
          .thenComparingInt(KernelVersion::minor)
          .thenComparingInt(KernelVersion::build)
          .thenComparingInt(KernelVersion::revision);

  /**
   * Reads {@code 10.0.19041.804}.
   *
   * @throws IllegalArgumentException when the text is not four numbers
   */
  public static KernelVersion parse(String text) {
    Matcher version = TEXT.matcher(text);
    if (!version.matches()) {
      throw new IllegalArgumentException("Not a file version of four numbers: " + text);
    }
    return new KernelVersion(
        Integer.parseInt(version.group(1)),
        Integer.parseInt(version.group(2)),
        Integer.parseInt(version.group(3)),
        Integer.parseInt(version.group(4)));
  }

  @Override
  public int compareTo(KernelVersion other) {
    return ORDER.compare(this, other);
  }

  /** The four numbers with dots between them. */
  @Override
  public String toString() {
    return major + "." + minor + "." + build + "." + revision;
  }
}
