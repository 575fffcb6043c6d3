package io.memlake.engine.scan;

/**
 * A pool tag to look for.
 *
 * <p>On x64 every small pool allocation starts with a 16-byte {@code _POOL_HEADER} on a 16-byte
 * border: {@code BlockSize} (in units of 16, header included) at 2, {@code PoolTag} at 4. The
 * positions are the same from Windows 7 to Windows 11.
 *
 * @param text the four characters as debuggers print them; protected tags of Windows 7 have the top
 *     bit of the last character set
 * @param minimumBytes smallest allocation that can hold the object, pool header included
 */
public record PoolTag(String text, int minimumBytes) {

  /** Checks that the tag has four Latin-1 characters. */
  public PoolTag {
    if (text.length() != 4 || text.chars().anyMatch(c -> c > 0xFF)) {
      throw new IllegalArgumentException("A pool tag has four bytes: " + text);
    }
  }

  /** The tag as the little-endian number that stands in memory. */
  public int value() {
    return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
  }

  /** The characters of a tag number. */
  public static String text(int value) {
    return ""
        + (char) (value & 0xFF)
        + (char) (value >>> 8 & 0xFF)
        + (char) (value >>> 16 & 0xFF)
        + (char) (value >>> 24);
  }
}
