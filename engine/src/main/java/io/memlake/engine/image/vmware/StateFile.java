package io.memlake.engine.image.vmware;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The tags of a {@code .vmss} or {@code .vmsn} file.
 *
 * <pre>
 * file  = u32 magic (low 4 bits: version), u32, u32 groups, groups, tags
 * group = char[64] name, u64 offset of its tags, u64 size
 * tag   = u8 flags, u8 length of name, name, u32 for each index, data
 * flags = bits 0-5 size of the data, bits 6-7 number of indices; a tag of 0, 0 ends the group
 * data  = size 62, 63: length on disk, length in memory (u32 in version 0, u64 later),
 *         u16 padding, that many bytes, then the data; other sizes: that many bytes
 * </pre>
 */
final class StateFile {
  private static final int GROUP = 80;
  private static final int MAX_GROUPS = 4096;

  /** Tags of one file; a guest with many processors and devices has some ten thousand. */
  private static final int MAX_TAGS = 1 << 20;

  private static final int LARGE = 62;

  private final ByteSource file;
  private final int version;
  private final List<StateTag> tags = new ArrayList<>();
  private final Set<String> whole = new HashSet<>();

  private StateFile(ByteSource file, int version) {
    this.file = file;
    this.version = version;
  }

  /** Empty when the file does not begin with one of the magic numbers. */
  static Optional<StateFile> read(ByteSource file) throws IOException {
    byte[] head = ContainerBytes.readUpTo(file, 0, 12);
    if (head.length < 12) {
      return Optional.empty();
    }
    int magic = LittleEndian.i32(head, 0);
    switch (magic) {
      case 0xBED2BED0, 0xBAD1BAD1, 0xBED2BED2, 0xBED3BED3 -> {}
      default -> {
        return Optional.empty();
      }
    }
    long groups = LittleEndian.u32(head, 8);
    if (groups == 0 || groups > MAX_GROUPS || 12 + groups * GROUP > file.size()) {
      throw new CorruptImageException(
          file.name(), 8, "a state file of " + groups + " groups does not fit the file");
    }
    StateFile state = new StateFile(file, magic & 0xF);
    byte[] table = ContainerBytes.read(file, 12, (int) groups * GROUP, "the table of groups");
    for (int at = 0; at < table.length; at += GROUP) {
      state.group(text(table, at, 64), LittleEndian.i64(table, at + 64));
    }
    return Optional.of(state);
  }

  private void group(String name, long offset) throws IOException {
    long at = offset;
    while (at >= 0 && at + 2 <= file.size()) {
      byte[] head = ContainerBytes.readUpTo(file, at, 2 + 255 + 3 * 4 + 18);
      int flags = head.length < 2 ? 0 : head[0] & 0xFF;
      int nameLength = head.length < 2 ? 0 : head[1] & 0xFF;
      if (flags == 0 && nameLength == 0) {
        whole.add(name);
        return;
      }
      if (tags.size() == MAX_TAGS) {
        throw new CorruptImageException(file.name(), at, "more than " + MAX_TAGS + " tags");
      }
      int indices = flags >> 6;
      int data = 2 + nameLength + 4 * indices;
      if (data > head.length) {
        throw cut(name, at);
      }
      List<Integer> index = new ArrayList<>();
      for (int i = 0; i < indices; i++) {
        index.add(LittleEndian.i32(head, 2 + nameLength + 4 * i));
      }
      String tag = text(head, 2, nameLength);
      int size = flags & 0x3F;
      long next =
          size < LARGE
              ? small(name, tag, index, at + data, size)
              : large(name, tag, index, at, head, data);
      if (next <= at) {
        throw cut(name, at);
      }
      at = next;
    }
  }

  private long small(String group, String tag, List<Integer> index, long data, int size) {
    tags.add(new StateTag(group, tag, index, data, size, false));
    return data + size;
  }

  private long large(String group, String tag, List<Integer> index, long at, byte[] head, int data)
      throws CorruptImageException {
    int width = version == 0 ? 4 : 8;
    if (data + 2 * width + 2 > head.length) {
      throw cut(group, at);
    }
    long onDisk = number(head, data, width);
    long inMemory = number(head, data + width, width);
    long start = at + data + 2L * width + 2 + LittleEndian.u16(head, data + 2 * width);
    if (onDisk < 0 || start > Long.MAX_VALUE - onDisk) {
      throw cut(group, at);
    }
    tags.add(new StateTag(group, tag, index, start, onDisk, onDisk != inMemory));
    return start + onDisk;
  }

  private static long number(byte[] bytes, int offset, int width) {
    return width == 4 ? LittleEndian.u32(bytes, offset) : LittleEndian.i64(bytes, offset);
  }

  private CorruptImageException cut(String group, long at) {
    return new CorruptImageException(
        file.name(), at, "a tag of the group " + group + " leaves the file");
  }

  private static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
  }

  /** Whether the file holds the group to its end. */
  boolean whole(String group) {
    return whole.contains(group);
  }

  List<StateTag> tags() {
    return tags;
  }

  Optional<StateTag> tag(String group, String name, int... indices) {
    for (StateTag tag : tags) {
      if (tag.is(group, name) && startsWith(tag.indices(), indices)) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  private static boolean startsWith(List<Integer> found, int[] wanted) {
    if (found.size() < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (found.get(i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** The value of a tag of 1 to 8 bytes. */
  OptionalLong number(String group, String name, int... indices) throws IOException {
    Optional<StateTag> tag = tag(group, name, indices);
    if (tag.isEmpty() || tag.get().length() < 1 || tag.get().length() > 8) {
      return OptionalLong.empty();
    }
    byte[] bytes = ContainerBytes.readUpTo(file, tag.get().offset(), (int) tag.get().length());
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xFF);
    }
    return OptionalLong.of(value);
  }
}
