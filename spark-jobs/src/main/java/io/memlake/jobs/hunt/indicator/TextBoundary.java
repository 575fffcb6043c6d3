package io.memlake.jobs.hunt.indicator;

/** Whether what was found inside of text stands there by itself and not as a part of something. */
final class TextBoundary {
  private TextBoundary() {}

  /** Looks at the bytes around {@code [start, end)}. */
  static boolean fits(IndicatorType type, byte[] text, int start, int end) {
    int before = start > 0 ? text[start - 1] : ' ';
    int after = end < text.length ? text[end] : ' ';
    int behind = end + 1 < text.length ? text[end + 1] : ' ';
    return switch (type) {
      case DOMAIN ->
          !isNamePart(before) && !isNamePart(after) && !(after == '.' && isNamePart(behind));
      case HOSTNAME, EMAIL ->
          !isNamePart(before)
              && before != '.'
              && !isNamePart(after)
              && !(after == '.' && isNamePart(behind));
      case IPV4, IP_PORT ->
          !isDigit(before)
              && before != '.'
              && !isDigit(after)
              && !(after == '.' && isDigit(behind));
      case IPV6 -> !isNamePart(before) && before != ':' && !isNamePart(after) && after != ':';
      case FILE_NAME -> !isNamePart(before) && before != '.' && !isNamePart(after);
      case FILE_PATH -> !isNamePart(after);
      case BTC -> !isNamePart(before) && !isNamePart(after);
      default -> true;
    };
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isNamePart(int b) {
    return isDigit(b) || (b >= 'a' && b <= 'z') || b == '-' || b == '_' || b < 0;
  }
}
