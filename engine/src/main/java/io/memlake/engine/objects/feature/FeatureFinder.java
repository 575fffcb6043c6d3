package io.memlake.engine.objects.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds features in bytes, written in ASCII or UTF-16. A run of printable characters without blanks
 * is looked at as one text: addresses with a scheme are cut out first, what is left is taken apart
 * at characters that no name has.
 */
public final class FeatureFinder {
  private static final int MIN_RUN = 7;

  /** No address is longer; longer runs are encoded data. */
  private static final int MAX_RUN = 4096;

  private static final int MAX_FEATURES = 2048;
  private static final String URL_ENDS = "<>\"'{}|\\^`";
  private static final String NOT_LAST = ".,;:!?)]*&";
  private static final int MIN_SCHEME = 2;
  private static final int MAX_SCHEME = 12;
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;

  private final byte[] bytes;
  private final int length;
  private final int limit;
  private final boolean continued;
  private final List<Feature> found = new ArrayList<>();
  private boolean wide;
  private int start;

  private FeatureFinder(byte[] bytes, int length, int limit, boolean continued) {
    this.bytes = bytes;
    this.length = length;
    this.limit = limit;
    this.continued = continued;
  }

  /**
   * Features of some bytes, ASCII first, in the order in which they begin.
   *
   * @param length how many bytes there are
   * @param limit features that begin there or behind are left out
   * @param continued whether the first character goes on with a text that began before
   */
  public static List<Feature> find(byte[] bytes, int length, int limit, boolean continued) {
    FeatureFinder finder = new FeatureFinder(bytes, length, limit, continued);
    finder.narrow();
    finder.wide();
    return finder.found;
  }

  /** Whether a character can stand in a feature. */
  public static boolean isPrintable(int character) {
    return character > ' ' && character < 0x7F;
  }

  private void narrow() {
    wide = false;
    int at = 0;
    while (at < limit) {
      int end = at;
      while (end < length && end - at < MAX_RUN && isPrintable(bytes[end])) {
        end++;
      }
      run(at, end - at, 1);
      at = end + 1;
    }
  }

  private void wide() {
    wide = true;
    for (int parity = 0; parity < 2; parity++) {
      int at = parity;
      while (at < limit) {
        int end = at;
        while (end + 1 < length
            && end - at < MAX_RUN * 2
            && isPrintable(bytes[end])
            && bytes[end + 1] == 0) {
          end += 2;
        }
        run(at, (end - at) / 2, 2);
        at = end + 2;
      }
    }
  }

  private void run(int at, int characters, int stride) {
    if (characters < MIN_RUN || found.size() >= MAX_FEATURES || (at < stride && continued)) {
      return;
    }
    char[] text = new char[characters];
    for (int i = 0; i < characters; i++) {
      text[i] = (char) bytes[at + i * stride];
    }
    start = at;
    text(new String(text), 0);
  }

  private void text(String text, int from) {
    int colon = text.indexOf("://", from);
    if (colon < 0) {
      pieces(text, from, text.length());
      return;
    }
    int scheme = colon;
    while (scheme > from && isSchemeCharacter(text.charAt(scheme - 1))) {
      scheme--;
    }
    while (scheme < colon && !isLetter(text.charAt(scheme))) {
      scheme++;
    }
    int end = colon + 3;
    while (end < text.length() && URL_ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    pieces(text, from, scheme);
    url(text, scheme, colon, end);
    if (end < text.length()) {
      text(text, end);
    }
  }

  private void url(String text, int scheme, int colon, int end) {
    int last = end;
    while (last > colon + 3 && NOT_LAST.indexOf(text.charAt(last - 1)) >= 0) {
      last--;
    }
    int length = colon - scheme;
    if (length < MIN_SCHEME || length > MAX_SCHEME || last == colon + 3) {
      return;
    }
    String authority = text.substring(colon + 3, last).split("[/?#]", 2)[0];
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1).split(":", 2)[0];
    if (host.isEmpty() && text.startsWith("file", scheme)) {
      add(Feature.Type.URL, text.substring(scheme, last), scheme, true);
    } else if (isIp(host)) {
      add(Feature.Type.URL, text.substring(scheme, last), scheme, true);
      add(Feature.Type.IP, host, colon + 4 + at, true);
    } else if (isName(host, true)) {
      add(Feature.Type.URL, text.substring(scheme, last), scheme, true);
      add(Feature.Type.DOMAIN, lower(host), colon + 4 + at, true);
    } else if (isLabel(host)) {
      add(Feature.Type.URL, text.substring(scheme, last), scheme, false);
    }
  }

  /** Takes the part of a text without addresses apart. */
  private void pieces(String text, int from, int to) {
    if (text.startsWith("-----BEGIN", from)) {
      add(Feature.Type.KEY, "-----BEGIN", from, false);
    }
    int piece = from;
    for (int at = from; at <= to; at++) {
      if (at == to || !isPieceCharacter(text.charAt(at))) {
        piece(text, piece, at);
        piece = at + 1;
      }
    }
  }

  private void piece(String text, int from, int to) {
    int first = from;
    int last = to;
    while (first < last && !isAlphanumeric(text.charAt(first))) {
      first++;
    }
    while (last > first && !isAlphanumeric(text.charAt(last - 1))) {
      last--;
    }
    if (last - first < MIN_RUN) {
      return;
    }
    String piece = text.substring(first, last);
    int at = piece.indexOf('@');
    if (at > 0) {
      String host = piece.substring(at + 1);
      if (isName(host, true) && isInOneCase(host) && at <= 64) {
        add(Feature.Type.EMAIL, piece.substring(0, at) + "@" + lower(host), first, true);
      }
    } else if (isIp(piece)) {
      // A version number looks the same.
      add(Feature.Type.IP, piece, first, false);
    } else if (piece.indexOf('.') > 0) {
      if (isName(piece, false) && isInOneCase(piece)) {
        add(Feature.Type.DOMAIN, lower(piece), first, false);
      }
    } else {
      secret(piece, first);
    }
  }

  private void secret(String piece, int first) {
    if (Wallets.isBitcoin(piece)) {
      add(Feature.Type.WALLET, piece, first, true);
    } else if (Wallets.isEthereum(piece)) {
      add(Feature.Type.WALLET, piece, first, false);
    } else if (ServiceKeys.isKey(piece)) {
      add(Feature.Type.KEY, ServiceKeys.masked(piece), first, true);
    }
  }

  private void add(Feature.Type type, String value, int index, boolean certain) {
    int offset = start + index * (wide ? 2 : 1);
    if (offset < limit && found.size() < MAX_FEATURES) {
      found.add(new Feature(type, value, wide, offset, certain));
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Four numbers up to 255 without leading zeros, the first not 0. */
  static boolean isIp(String text) {
    int part = -1;
    int parts = 0;
    int digits = 0;
    for (int i = 0; i <= text.length(); i++) {
      char character = i < text.length() ? text.charAt(i) : '.';
      if (character == '.') {
        if (digits == 0 || part > 255 || (parts == 0 && part == 0)) {
          return false;
        }
        parts++;
        part = -1;
        digits = 0;
      } else if (character < '0' || character > '9' || digits == 3 || part == 0) {
        return false;
      } else {
        part = Math.max(part, 0) * 10 + character - '0';
        digits++;
      }
    }
    return parts == 4;
  }

  /**
   * Whether each label is all lower case, all upper case, or lower case behind a first letter.
   * Names that nothing announces are written so; encoded data are not.
   */
  private static boolean isInOneCase(String text) {
    for (String label : text.split("\\.", -1)) {
      String lower = label.toLowerCase(Locale.ROOT);
      boolean capital = label.regionMatches(1, lower, 1, label.length() - 1);
      if (!capital && !label.equals(label.toUpperCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(String text, boolean behindScheme) {
    int dot = text.lastIndexOf('.');
    if (dot <= 0 || text.length() > MAX_NAME) {
      return false;
    }
    String last = text.substring(dot + 1);
    if (behindScheme ? !TopLevelDomains.behindScheme(last) : !TopLevelDomains.anywhere(last)) {
      return false;
    }
    for (String label : text.substring(0, dot).split("\\.", -1)) {
      if (!isLabel(label)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(String label) {
    if (label.isEmpty() || label.length() > MAX_LABEL) {
      return false;
    }
    for (int i = 0; i < label.length(); i++) {
      char character = label.charAt(i);
      if (!isAlphanumeric(character) && character != '-' && character != '_') {
        return false;
      }
    }
    return isAlphanumeric(label.charAt(0)) && isAlphanumeric(label.charAt(label.length() - 1));
  }

  private static boolean isPieceCharacter(char character) {
    return isAlphanumeric(character) || "@._+-%".indexOf(character) >= 0;
  }

  private static boolean isSchemeCharacter(char character) {
    return isAlphanumeric(character) || character == '+' || character == '-';
  }

  private static boolean isLetter(char character) {
    int lower = character | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isAlphanumeric(char character) {
    return isLetter(character) || (character >= '0' && character <= '9');
  }
}
