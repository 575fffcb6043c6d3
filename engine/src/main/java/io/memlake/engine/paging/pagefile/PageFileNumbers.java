package io.memlake.engine.paging.pagefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that Windows usually gives its page files: {@code pagefile.sys} is 0, further page
 * files follow, then comes {@code swapfile.sys}, then the compressed store. Only the image itself
 * knows for sure ({@code _MMPAGING_FILE.PageFileNumber}).
 */
public final class PageFileNumbers {
  /** Number of the compressed store on a system with one page file and a swap file. */
  public static final int USUAL_STORE = 2;

  private static final Pattern PAGE_FILE = Pattern.compile("pagefile([0-9]*)(\\.sys)?(\\..*)?");
  private static final String SWAP_FILE = "swapfile";

  private PageFileNumbers() {}

  /** Whether a file is a page file or swap file by its name, without its folder. */
  public static boolean isPageFile(String path) {
    String name = nameOf(path);
    return PAGE_FILE.matcher(name).matches() || name.startsWith(SWAP_FILE);
  }

  /**
   * The usual number of each file.
   *
   * @param paths page files and at most one swap file; page files that are not told apart by a
   *     number in their name keep their order
   * @throws IllegalArgumentException when there are more files than numbers
   */
  public static Map<String, Integer> guess(List<String> paths) {
    if (paths.size() >= PageSlots.MAX_NUMBERS) {
      throw new IllegalArgumentException(
          "Cannot use " + paths.size() + " page files: Windows has at most 15 and the store");
    }
    List<String> pageFiles = new ArrayList<>();
    List<String> swapFiles = new ArrayList<>();
    for (String path : paths) {
      (nameOf(path).startsWith(SWAP_FILE) ? swapFiles : pageFiles).add(path);
    }
    pageFiles.sort((a, b) -> Integer.compare(rank(a), rank(b)));
    Map<String, Integer> numbers = new TreeMap<>();
    for (String path : pageFiles) {
      numbers.put(path, numbers.size());
    }
    // A swap file without a page file still has the number behind page file 0.
    int next = Math.max(numbers.size(), 1);
    for (String path : swapFiles) {
      numbers.put(path, next++);
    }
    return numbers;
  }

  private static int rank(String path) {
    Matcher name = PAGE_FILE.matcher(nameOf(path));
    if (!name.matches()) {
      return PageSlots.MAX_NUMBERS;
    }
    String digits = name.group(1);
    return digits.isEmpty()
        ? 0
        : Integer.parseInt(digits.substring(0, Math.min(digits.length(), 4)));
  }

  private static String nameOf(String path) {
    int start = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    return path.substring(start).toLowerCase(Locale.ROOT);
  }
}
