package io.memlake.engine.objects.shortcut;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.engine.objects.value.Utf16;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one link.
 *
 * <pre>link = header:76 [size:2 items] [LinkInfo] { count:2 text } { size:4 signature:4 … } 0:4
 * </pre>
 */
final class ShortcutParser {
  private static final int HEADER = 0x4C;
  private static final long CLASS_LOW = 0x00021401L;
  private static final long CLASS_HIGH = 0x46000000_000000C0L;

  private static final int HAS_ITEMS = 0x0001;
  private static final int HAS_LOCATION = 0x0002;
  private static final int HAS_DESCRIPTION = 0x0004;
  private static final int HAS_RELATIVE_PATH = 0x0008;
  private static final int RESERVED = 0x42;
  private static final int HAS_WORKING_DIRECTORY = 0x0010;
  private static final int HAS_ARGUMENTS = 0x0020;
  private static final int HAS_ICON_LOCATION = 0x0040;
  private static final int UNICODE = 0x0080;
  private static final int NO_LOCATION = 0x0100;

  private static final int ENVIRONMENT = 0xA0000001;
  private static final int TRACKER = 0xA0000003;
  private static final int INSTALLER = 0xA0000006;
  private static final int ICON = 0xA0000007;

  /** Blocks of extra data; eleven kinds exist. */
  private static final int MAX_BLOCKS = 64;

  /** Header, 260 bytes of ANSI text, 520 bytes of Unicode text. */
  private static final int PATH_BLOCK = 0x314;

  private static final int PATH_ANSI = 8;
  private static final int PATH_ANSI_LENGTH = 260;

  private final byte[] bytes;
  private final int from;
  private final int to;
  private int at;
  private boolean whole = true;

  private String environmentIcon = "";
  private String environmentPath = "";
  private String installerId = "";
  private LinkTracker tracker;

  ShortcutParser(String what, byte[] bytes, int from, int length) throws MalformedObjectException {
    if (!startsAt(bytes, from, length)) {
      throw new MalformedObjectException(what, 0, "no header of a shell link starts");
    }
    this.bytes = bytes;
    this.from = from;
    to = from + length;
    at = from + HEADER;
  }

  static boolean startsAt(byte[] bytes, int at, int length) {
    return length >= HEADER
        && LittleEndian.i32(bytes, at) == HEADER
        && LittleEndian.i64(bytes, at + 4) == CLASS_LOW
        && LittleEndian.i64(bytes, at + 12) == CLASS_HIGH
        // Ten bytes that must be zero (MS-SHLLINK 2.1): a header and leftovers are no link.
        && LittleEndian.u16(bytes, at + RESERVED) == 0
        && LittleEndian.i64(bytes, at + RESERVED + 2) == 0;
  }

  Shortcut parse() {
    int flags = LittleEndian.i32(bytes, from + 0x14);
    List<ShellItem> items = (flags & HAS_ITEMS) != 0 ? items() : List.of();
    boolean located = (flags & HAS_LOCATION) != 0 && (flags & NO_LOCATION) == 0;
    Optional<LinkLocation> location = located ? location() : Optional.empty();
    boolean unicode = (flags & UNICODE) != 0;
    String description = text(flags, HAS_DESCRIPTION, unicode);
    String relativePath = text(flags, HAS_RELATIVE_PATH, unicode);
    String workingDirectory = text(flags, HAS_WORKING_DIRECTORY, unicode);
    String arguments = text(flags, HAS_ARGUMENTS, unicode);
    String iconLocation = text(flags, HAS_ICON_LOCATION, unicode);
    List<Integer> blocks = blocks();
    return new Shortcut(
        flags,
        LittleEndian.i32(bytes, from + 0x18),
        LittleEndian.i64(bytes, from + 0x1C),
        LittleEndian.i64(bytes, from + 0x24),
        LittleEndian.i64(bytes, from + 0x2C),
        LittleEndian.u32(bytes, from + 0x34),
        LittleEndian.i32(bytes, from + 0x38),
        LittleEndian.i32(bytes, from + 0x3C),
        items,
        location,
        description,
        relativePath,
        workingDirectory,
        arguments,
        iconLocation,
        environmentIcon,
        environmentPath,
        installerId,
        Optional.ofNullable(tracker),
        blocks,
        whole,
        at - from);
  }

  private List<ShellItem> items() {
    if (!has(Short.BYTES)) {
      return List.of();
    }
    int size = LittleEndian.u16(bytes, at);
    at += Short.BYTES;
    int end = Math.min(to, at + size);
    whole &= end == at + size;
    List<ShellItem> items = ShellItem.list(bytes, at, end);
    at = end;
    return items;
  }

  private Optional<LinkLocation> location() {
    if (!has(Integer.BYTES)) {
      return Optional.empty();
    }
    long size = LittleEndian.u32(bytes, at);
    if (size < Integer.BYTES) {
      whole = false;
      return Optional.empty();
    }
    int end = (int) Math.min(to, at + size);
    whole &= end == at + size;
    LinkInfoParser parser = new LinkInfoParser(bytes, at, end);
    LinkLocation location = parser.parse();
    whole &= parser.whole();
    at = end;
    return Optional.of(location);
  }

  private String text(int flags, int flag, boolean unicode) {
    if ((flags & flag) == 0 || !has(Short.BYTES)) {
      return "";
    }
    int length = LittleEndian.u16(bytes, at) * (unicode ? Character.BYTES : 1);
    at += Short.BYTES;
    int there = Math.min(length, to - at);
    whole &= there == length;
    String text = LinkText.counted(bytes, at, there, unicode);
    at += there;
    return text;
  }

  private List<Integer> blocks() {
    List<Integer> blocks = new ArrayList<>();
    while (blocks.size() < MAX_BLOCKS && to - at >= Integer.BYTES) {
      long size = LittleEndian.u32(bytes, at);
      if (size < Integer.BYTES) {
        // The terminal block.
        at += Integer.BYTES;
        return List.copyOf(blocks);
      }
      if (size < 2 * Integer.BYTES || size > to - at) {
        break;
      }
      int signature = LittleEndian.i32(bytes, at + 4);
      blocks.add(signature);
      block(signature, (int) size);
      at += (int) size;
    }
    whole = false;
    return List.copyOf(blocks);
  }

  private void block(int signature, int size) {
    if (signature == TRACKER && LinkTracker.fits(bytes, at, size)) {
      tracker = LinkTracker.parse(bytes, at);
    } else if (signature == ENVIRONMENT && size >= PATH_BLOCK) {
      environmentPath = path();
    } else if (signature == INSTALLER && size >= PATH_BLOCK) {
      installerId = path();
    } else if (signature == ICON && size >= PATH_BLOCK) {
      environmentIcon = path();
    }
  }

  private String path() {
    int wide = at + PATH_ANSI + PATH_ANSI_LENGTH;
    String text = Utf16.untilNul(bytes, wide, PATH_ANSI_LENGTH * Character.BYTES);
    return text.isEmpty() ? LinkText.ansi(bytes, at + PATH_ANSI, PATH_ANSI_LENGTH) : text;
  }

  private boolean has(int count) {
    boolean there = to - at >= count;
    whole &= there;
    return there;
  }
}
