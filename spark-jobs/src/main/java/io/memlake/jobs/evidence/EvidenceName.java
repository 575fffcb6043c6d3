package io.memlake.jobs.evidence;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a file tells about its part in a host's evidence. */
final class EvidenceName {
  private static final Set<String> IMAGE_ENDINGS =
      Set.of(
          "raw", "mem", "dmp", "vmem", "img", "bin", "lime", "aff4", "e01", "crash", "core", "elf",
          "dump", "001", "dd", "mdmp", "winpmem", "avml", "kdump", "hpak");

  /** Compressors around an image; what is inside is told by the name without this ending. */
  private static final Set<String> WRAPPER_ENDINGS = Set.of("gz", "zst", "xz");

  /** Further files of an image, which its format finds by itself. */
  private static final Set<String> COMPANION_ENDINGS = Set.of("vmss", "vmsn");

  private static final Set<String> MANIFEST_ENDINGS = Set.of("yaml", "yml", "csv");
  private static final Pattern PAGE_FILE = Pattern.compile("pagefile\\d*(\\.sys)?");
  private static final Pattern SWAP_FILE = Pattern.compile("swapfile\\d*(\\.sys)?");
  private static final Pattern HIBERNATION_FILE = Pattern.compile("hiberfil\\.sys");
  private static final Pattern LATER_SEGMENT =
      Pattern.compile(".*\\.(?!001$)\\d{3}|.*\\.e(?!01$)\\d\\d");

  private EvidenceName() {}

  static boolean isManifest(String fileName) {
    return MANIFEST_ENDINGS.contains(ending(fileName));
  }

  static boolean isPageFile(String fileName) {
    return PAGE_FILE.matcher(lower(fileName)).matches();
  }

  static boolean isSwapFile(String fileName) {
    return SWAP_FILE.matcher(lower(fileName)).matches();
  }

  /** Whether a file of a folder is an image by its name. */
  static boolean isImage(String fileName) {
    if (isWrapped(fileName)) {
      return isImage(fileName.substring(0, fileName.lastIndexOf('.')));
    }
    return IMAGE_ENDINGS.contains(ending(fileName))
        || HIBERNATION_FILE.matcher(lower(fileName)).matches();
  }

  /** Whether a file is compressed as a whole. Looking inside may mean to decode all of it. */
  static boolean isWrapped(String fileName) {
    return WRAPPER_ENDINGS.contains(ending(fileName));
  }

  /** Whether a file is the state of a guest, whose memory is mostly beside it. */
  static boolean isState(String fileName) {
    return COMPANION_ENDINGS.contains(ending(fileName));
  }

  /** Whether a file of a folder belongs to another one and is no image of its own. */
  static boolean isCompanion(String fileName) {
    return COMPANION_ENDINGS.contains(ending(fileName))
        || LATER_SEGMENT.matcher(lower(fileName)).matches();
  }

  /** The name without its ending. */
  static String stem(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? fileName : fileName.substring(0, dot);
  }

  private static String ending(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0 ? "" : lower(fileName.substring(dot + 1));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
