package io.memlake.engine.objects.pagedout;

import io.memlake.engine.paging.pagefile.PageSlots;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page file or swap file as the user gave it or as it was found beside the image.
 *
 * @param path path or URI
 * @param number number by which entries mean it, when the user says it
 */
public record PageFileRequest(String path, Optional<Integer> number) {
  private static final Pattern NUMBERED = Pattern.compile("(?:pagefile)?([0-9]{1,2})=(.+)");

  /** A file whose number the image shall tell. */
  public static PageFileRequest of(String path) {
    return new PageFileRequest(path, Optional.empty());
  }

  /**
   * Understands {@code PATH} and {@code pagefile1=PATH}.
   *
   * @throws IllegalArgumentException when the number is none of a page file
   */
  public static PageFileRequest parse(String text) {
    Matcher numbered = NUMBERED.matcher(text);
    if (!numbered.matches()) {
      return of(text);
    }
    int number = Integer.parseInt(numbered.group(1));
    if (number >= PageSlots.MAX_NUMBERS) {
      throw new IllegalArgumentException(
          "Cannot use " + text + ": page files have numbers from 0 to 15");
    }
    return new PageFileRequest(numbered.group(2), Optional.of(number));
  }

  /** What {@link #parse} understands as this request. */
  public String text() {
    return number.map(given -> "pagefile" + given + "=").orElse("") + path;
  }

  /** The same number for another path. */
  public PageFileRequest at(String otherPath) {
    return new PageFileRequest(otherPath, number);
  }

  /** Last part of the path in lower case. */
  String fileName() {
    int start = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    return path.substring(start).toLowerCase(Locale.ROOT);
  }
}
