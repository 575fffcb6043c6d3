package io.memlake.engine.objects.shortcut;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Guid;
import io.memlake.engine.objects.value.Utf16;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of the shell to a target.
 *
 * <pre>
 * item = size:2 type:1 …
 * 1F        folder by GUID at 4
 * 20 to 2F  volume, text at 3
 * 30 to 3F  file or folder: size:4 at 4, FAT time:4 at 8, attributes:2, short name at 14; its last two
 *           bytes say where an extension BEEF0004 with the long name stands
 * 40 to 4F  network place, text at 5
 * </pre>
 *
 * @param type first byte
 * @param name GUID, drive, file name or place; empty for kinds that are not known
 * @param fileReference NTFS reference of a file, 0 when it is not kept
 */
public record ShellItem(int type, String name, long fileReference) {
  /** Items of one list; a path has far fewer steps. */
  private static final int MAX_ITEMS = 512;

  private static final int KIND_MASK = 0x70;
  private static final int FOLDER = 0x10;
  private static final int VOLUME = 0x20;
  private static final int FILE = 0x30;
  private static final int NETWORK = 0x40;
  private static final int UNICODE = 0x04;
  private static final int FILE_NAME = 14;
  private static final int EXTENSION = 0xBEEF0004;
  private static final int EXTENSION_FIXED = 18;

  /** The items between two places; ends at the mark or at the first that does not fit. */
  static List<ShellItem> list(byte[] bytes, int from, int to) {
    List<ShellItem> items = new ArrayList<>();
    int at = from;
    while (to - at >= Short.BYTES && items.size() < MAX_ITEMS) {
      int size = LittleEndian.u16(bytes, at);
      if (size <= Short.BYTES || size > to - at) {
        break;
      }
      items.add(parse(bytes, at, size));
      at += size;
    }
    return List.copyOf(items);
  }

  /** Drive and names joined to a path; empty when there are none. */
  static String path(List<ShellItem> items) {
    StringBuilder path = new StringBuilder();
    for (ShellItem item : items) {
      int kind = item.type & KIND_MASK;
      if (item.name.isEmpty() || (kind != VOLUME && kind != FILE && kind != NETWORK)) {
        continue;
      }
      // A network place names server and share; the next one repeats it with more.
      if (kind == NETWORK && item.name.startsWith(path.toString())) {
        path.setLength(0);
      }
      if (path.length() > 0 && path.charAt(path.length() - 1) != '\\') {
        path.append('\\');
      }
      path.append(item.name);
    }
    return path.toString();
  }

  private static ShellItem parse(byte[] bytes, int at, int size) {
    int type = LittleEndian.u8(bytes, at + 2);
    int end = at + size;
    int kind = type & KIND_MASK;
    if (kind == FOLDER && size >= 4 + Guid.SIZE) {
      return new ShellItem(type, "{" + Guid.text(bytes, at + 4) + "}", 0);
    }
    if (kind == VOLUME && size > 3) {
      boolean named = (type & 1) != 0;
      return new ShellItem(type, named ? LinkText.ansi(bytes, at + 3, size - 3) : "", 0);
    }
    if (kind == NETWORK && size > 5) {
      return new ShellItem(type, LinkText.ansi(bytes, at + 5, size - 5), 0);
    }
    if (kind == FILE && size > FILE_NAME) {
      return file(type, bytes, at, end);
    }
    return new ShellItem(type, "", 0);
  }

  private static ShellItem file(int type, byte[] bytes, int at, int end) {
    int name = at + FILE_NAME;
    String shortName =
        (type & UNICODE) != 0
            ? Utf16.untilNul(bytes, name, end - name)
            : LinkText.ansi(bytes, name, end - name);
    int extension = at + LittleEndian.u16(bytes, end - Short.BYTES);
    if (extension < name
        || end - extension < EXTENSION_FIXED
        || LittleEndian.i32(bytes, extension + 4) != EXTENSION) {
      return new ShellItem(type, shortName, 0);
    }
    int version = LittleEndian.u16(bytes, extension + 2);
    long reference = 0;
    int place = extension + EXTENSION_FIXED;
    if (version >= 7) {
      reference = end - place >= 18 ? LittleEndian.i64(bytes, place + 2) : 0;
      place += 18;
    }
    place += version >= 3 ? 2 : 0;
    place += version >= 9 ? 4 : 0;
    place += version >= 8 ? 4 : 0;
    String longName = version >= 3 && place < end ? Utf16.untilNul(bytes, place, end - place) : "";
    return new ShellItem(type, longName.isEmpty() ? shortName : longName, reference);
  }
}
