package io.memlake.engine.scan;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.feature.TopLevelDomains;
import io.memlake.engine.physical.PhysicalMemory;

/**
 * Tells quickly whether a page may hold a feature. Eight bytes at a time are tested for being text;
 * only around those the bytes are looked at. A text of less than 15 bytes (7 characters of UTF-16)
 * that crosses words and is the only one of its page is missed.
 */
final class FeatureFilter {
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ABOVE_BLANK = 0x5F5F5F5F5F5F5F5FL;
  private static final long ODD_BYTES = 0xFF00FF00FF00FF00L;
  private static final long EVEN_HIGH_BITS = 0x0080008000800080L;
  private static final long EVEN_ABOVE_BLANK = 0x005F005F005F005FL;

  private static final int MIN_WALLET = 26;
  private static final int MAX_WALLET = 62;
  private static final int SERVICE_KEY = 20;

  private FeatureFilter() {}

  static boolean mayHold(byte[] bytes, int offset) {
    int end = offset + PhysicalMemory.PAGE_SIZE;
    for (int at = offset; at < end; at += Long.BYTES) {
      long word = LittleEndian.i64(bytes, at);
      if ((word & HIGH_BITS) != 0 || word == 0) {
        continue;
      }
      int next = at;
      if ((word + ABOVE_BLANK & HIGH_BITS) == HIGH_BITS) {
        next = run(bytes, offset, at, end, 1);
      } else if ((word & ODD_BYTES) == 0 && isWide(word)) {
        next = run(bytes, offset, at, end, 2);
      } else if ((word & ~ODD_BYTES) == 0 && isWide(word >>> Byte.SIZE)) {
        next = run(bytes, offset, at + 1, end, 2);
      }
      if (next < 0) {
        return true;
      }
      at = Math.max(at, next - Long.BYTES & -Long.BYTES);
    }
    return false;
  }

  private static boolean isWide(long word) {
    return (word + EVEN_ABOVE_BLANK & EVEN_HIGH_BITS) == EVEN_HIGH_BITS;
  }

  /** Looks at the text around a place: -1 when it may hold a feature, else where it ends. */
  private static int run(byte[] bytes, int offset, int at, int end, int stride) {
    int first = at;
    while (first - stride >= offset && isText(bytes, first - stride, stride)) {
      first -= stride;
    }
    int last = at;
    while (last + stride <= end && isText(bytes, last, stride)) {
      last += stride;
    }
    return isFeature(bytes, first, last, stride) ? -1 : last;
  }

  private static boolean isText(byte[] bytes, int at, int stride) {
    return bytes[at] > ' ' && (stride == 1 || bytes[at + 1] == 0);
  }

  private static boolean isFeature(byte[] bytes, int first, int last, int stride) {
    int token = first;
    int numbers = 0;
    for (int at = first; at < last; at += stride) {
      int character = bytes[at];
      if (isTokenCharacter(character)) {
        continue;
      }
      if (isToken(bytes, token, at, stride)) {
        return true;
      }
      token = at + stride;
      boolean inside = at > first && at + 2 * stride < last;
      if (character == '.' && inside) {
        boolean number = isDigit(bytes[at - stride]) && isDigit(bytes[at + stride]);
        numbers = number ? numbers + 1 : 0;
        if (numbers == 3 || endsName(bytes, at + stride, last, stride)) {
          return true;
        }
      } else if (inside && isSign(bytes, at, character, stride)) {
        return true;
      }
    }
    return isToken(bytes, token, last, stride);
  }

  /** "://", a name on both sides of an at sign, five dashes. */
  private static boolean isSign(byte[] bytes, int at, int character, int stride) {
    int next = bytes[at + stride];
    return switch (character) {
      case ':' -> next == '/' && bytes[at + 2 * stride] == '/';
      case '@' -> isTokenCharacter(next) && isTokenCharacter(bytes[at - stride]);
      case '-' -> next == 'B' && bytes[at - stride] == '-' && bytes[at + 2 * stride] == 'E';
      default -> false;
    };
  }

  private static boolean endsName(byte[] bytes, int from, int last, int stride) {
    int end = from;
    while (end < last && isLetter(bytes[end])) {
      end += stride;
    }
    boolean whole = end == last || !isTokenCharacter(bytes[end]);
    return whole && TopLevelDomains.endsName(bytes, from, (end - from) / stride, stride);
  }

  /** Whether a word can be the address of a wallet or the key of a service. */
  private static boolean isToken(byte[] bytes, int from, int to, int stride) {
    int length = (to - from) / stride;
    if (length < SERVICE_KEY || length > MAX_WALLET) {
      return false;
    }
    int first = bytes[from];
    int second = bytes[from + stride];
    return switch (first) {
      case '1', '3' -> length >= MIN_WALLET && length <= 35;
      case 'b' -> second == 'c' && length >= 42;
      case '0' -> second == 'x' && length == 42;
      case 'A' -> second == 'K' || second == 'S' || second == 'I';
      case 'g' -> second == 'h';
      case 's' -> second == 'k';
      default -> false;
    };
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isLetter(int character) {
    int lower = character | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isTokenCharacter(int character) {
    return isLetter(character) || isDigit(character) || character == '_';
  }
}
