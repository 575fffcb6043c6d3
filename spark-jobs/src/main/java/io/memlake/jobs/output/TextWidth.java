package io.memlake.jobs.output;

/**
 * How many columns of a terminal a text takes: East Asian and picture characters take two, marks
 * that sit on the one before take none (Unicode Standard Annex 11).
 */
public final class TextWidth {
  /** First and last of each range of wide characters. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, {0x231A, 0x231B}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
    {0x4E00, 0xA4CF}, {0xA960, 0xA97C}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
  };

  private static final String ELLIPSIS = "…";

  private TextWidth() {}

  /** Columns that {@code text} takes. */
  public static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      width += of(codePoint);
      at += Character.charCount(codePoint);
    }
    return width;
  }

  /** {@code text}, or as much of it as fits into {@code columns} with a sign that it is cut. */
  public static String cut(String text, int columns) {
    if (text.length() <= columns / 2 || of(text) <= columns) {
      return text;
    }
    int width = 0;
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (width + of(codePoint) > columns - 1) {
        break;
      }
      width += of(codePoint);
      at += Character.charCount(codePoint);
    }
    return text.substring(0, at) + ELLIPSIS;
  }

  private static int of(int codePoint) {
    if (codePoint < 0x300) {
      return 1;
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (codePoint <= range[1]) {
        return codePoint >= range[0] ? 2 : 1;
      }
    }
    return 1;
  }
}
