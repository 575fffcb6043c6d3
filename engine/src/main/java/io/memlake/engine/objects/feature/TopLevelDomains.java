package io.memlake.engine.objects.feature;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Top-level domains that names of hosts are believed by. Country codes that are also common endings
 * of file names (pl, py, rs, cs, so, sh, ps, md, cc, ws, vb, mo, la) count only behind a scheme or
 * an at sign.
 */
public final class TopLevelDomains {
  private static final int LETTERS = 6;
  private static final int LOWER_CASE = 0x20;
  private static final int SLOTS = 1024;

  private static final Set<String> ANYWHERE =
      words(
          "com net org edu gov mil int info biz name pro mobi asia online site shop store cloud app"
              + " dev xyz top club live work tech space icu onion local lan bank blog email host link"
              + " news wiki zone art fun vip win de uk fr it es nl be ch at se no dk fi cz sk hu ro bg"
              + " gr pt ie ru ua by kz cn jp kr tw hk sg my th vn ph id in pk ir il tr sa ae qa eg za ng"
              + " ke ma br ar cl mx pe ve ca us au nz eu io co me tv to ly gg lt lv ee is lu hr si ba mk"
              + " al ge az am uz su");

  private static final Set<String> BEHIND_SCHEME =
      words("pl py rs cs so sh ps md cc ws vb mo la ai im li ms st fm pw tk ml ga cf gq nu cx");

  /** The words of {@link #ANYWHERE} as packed letters, by a hash that is cheap to make. */
  private static final long[] TABLE = table();

  private TopLevelDomains() {}

  private static Set<String> words(String text) {
    return Stream.of(text.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a label ends names of hosts that stand by themselves. */
  static boolean anywhere(String label) {
    return ANYWHERE.contains(label.toLowerCase(Locale.ROOT));
  }

  /** Whether a label ends names of hosts behind a scheme or an at sign. */
  static boolean behindScheme(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return ANYWHERE.contains(lower) || BEHIND_SCHEME.contains(lower);
  }

  /**
   * Whether a label of at most six letters ends names of hosts, without making a text of it.
   *
   * @param stride distance of characters, 1 or 2
   */
  public static boolean endsName(byte[] bytes, int offset, int length, int stride) {
    if (length < 2 || length > LETTERS) {
      return false;
    }
    long packed = 0;
    for (int i = 0; i < length; i++) {
      packed = packed << Byte.SIZE | (bytes[offset + i * stride] | LOWER_CASE);
    }
    int slot = slot(packed);
    while (TABLE[slot] != 0) {
      if (TABLE[slot] == packed) {
        return true;
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return false;
  }

  private static long[] table() {
    long[] table = new long[SLOTS];
    for (String word : ANYWHERE) {
      long packed = 0;
      for (int i = 0; i < word.length(); i++) {
        packed = packed << Byte.SIZE | word.charAt(i);
      }
      int slot = slot(packed);
      while (table[slot] != 0) {
        slot = slot + 1 & SLOTS - 1;
      }
      table[slot] = packed;
    }
    return table;
  }

  private static int slot(long packed) {
    return (int) ((packed * 0x9E3779B97F4A7C15L) >>> 54);
  }
}
