package io.memlake.engine.objects.shortcut;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;

/**
 * Reads {@code LinkInfo}: a block of offsets to texts, each of which may also be there in Unicode.
 *
 * <pre>
 *  0 size   4 size of the header   8 flags: 1 volume, 2 share   12 volume   16 local path
 * 20 share  24 suffix   28 local path in Unicode   32 suffix in Unicode (headers of 36 bytes)
 * </pre>
 */
final class LinkInfoParser {
  private static final int MIN_SIZE = 28;
  private static final int UNICODE_HEADER = 36;
  private static final int VOLUME_UNICODE_LABEL = 0x14;
  private static final int SHARE_UNICODE = 0x14;
  private static final int VOLUME_MIN = 16;
  private static final int SHARE_MIN = 20;

  private final byte[] bytes;
  private final int from;
  private final int to;
  private boolean whole = true;

  LinkInfoParser(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Whether every text was within the block. */
  boolean whole() {
    return whole;
  }

  LinkLocation parse() {
    if (to - from < MIN_SIZE) {
      whole = false;
      return new LinkLocation("", 0, 0, "", "", "", "");
    }
    int header = LittleEndian.i32(bytes, from + 4);
    int flags = LittleEndian.i32(bytes, from + 8);
    boolean unicode = header >= UNICODE_HEADER && to - from >= UNICODE_HEADER;
    boolean local = (flags & 1) != 0;
    int volume = local ? place(from, 12, VOLUME_MIN) : -1;
    int share = (flags & 2) != 0 ? place(from, 20, SHARE_MIN) : -1;
    String label = "";
    if (volume >= 0) {
      long offset = LittleEndian.u32(bytes, volume + 12);
      label =
          offset == VOLUME_UNICODE_LABEL && to - volume >= VOLUME_MIN + Integer.BYTES
              ? text(volume, 16, true)
              : text(volume, 12, false);
    }
    return new LinkLocation(
        local ? preferred(16, 28, unicode) : "",
        volume < 0 ? 0 : LittleEndian.i32(bytes, volume + 4),
        volume < 0 ? 0 : LittleEndian.i32(bytes, volume + 8),
        label,
        share < 0 ? "" : shareText(share, 8, 20),
        share < 0 || (LittleEndian.i32(bytes, share + 4) & 1) == 0 ? "" : shareText(share, 12, 24),
        preferred(24, 32, unicode));
  }

  private String preferred(int ansi, int wide, boolean unicode) {
    String text =
        unicode && LittleEndian.i32(bytes, from + wide) != 0 ? text(from, wide, true) : "";
    return text.isEmpty() ? text(from, ansi, false) : text;
  }

  private String shareText(int share, int ansi, int wide) {
    boolean unicode =
        LittleEndian.u32(bytes, share + 8) > SHARE_UNICODE && to - share >= wide + Integer.BYTES;
    String text =
        unicode && LittleEndian.i32(bytes, share + wide) != 0 ? text(share, wide, true) : "";
    return text.isEmpty() ? text(share, ansi, false) : text;
  }

  /** The text whose offset from {@code base} stands in a field of the structure there. */
  private String text(int base, int field, boolean unicode) {
    int at = place(base, field, 1);
    if (at < 0) {
      return "";
    }
    return unicode ? Utf16.untilNul(bytes, at, to - at) : LinkText.ansi(bytes, at, to - at);
  }

  private int place(int base, int field, int need) {
    long offset = LittleEndian.u32(bytes, base + field);
    if (offset == 0 || base + offset > to - need) {
      whole &= offset == 0;
      return -1;
    }
    return (int) (base + offset);
  }
}
