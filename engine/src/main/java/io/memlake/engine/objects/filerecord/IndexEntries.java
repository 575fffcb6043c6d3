package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists of directory entries.
 *
 * <pre>
 * node  = first entry:4 used:4 allocated:4 flags:4      offsets from the node
 * entry = file:8 size:2 key size:2 flags:2 0:2 key      flag 2: last, without key
 * </pre>
 */
final class IndexEntries {
  /** Name of the index of a directory. */
  static final String DIRECTORY = "$I30";

  static final int NODE = 16;

  private static final int ROOT_HEADER = 16;
  private static final int ENTRY = 16;
  private static final int LAST = 2;

  private IndexEntries() {}

  /** Entries of the value of an {@code $INDEX_ROOT}. */
  static List<IndexEntry> ofRoot(byte[] value) {
    if (value.length < ROOT_HEADER + NODE
        || LittleEndian.i32(value, 0) != AttributeTypes.FILE_NAME) {
      return List.of();
    }
    return ofNode(value, ROOT_HEADER, value.length);
  }

  /** Offset behind the used part of the node at {@code node}. */
  static int usedEnd(byte[] bytes, int node, int to) {
    long end = node + LittleEndian.u32(bytes, node + 4);
    return (int) Math.min(end, to);
  }

  /** Entries of the node at {@code node}; ends at the first that makes no sense. */
  static List<IndexEntry> ofNode(byte[] bytes, int node, int to) {
    List<IndexEntry> entries = new ArrayList<>();
    long first = node + LittleEndian.u32(bytes, node);
    int end = usedEnd(bytes, node, to);
    if (first < node + NODE || first > end) {
      return entries;
    }
    int at = (int) first;
    while (end - at >= ENTRY) {
      int size = LittleEndian.u16(bytes, at + 8);
      int flags = LittleEndian.u16(bytes, at + 12);
      if (size < ENTRY || size > end - at || (flags & LAST) != 0) {
        break;
      }
      FileReference file = FileReference.of(LittleEndian.i64(bytes, at));
      Optional<FileName> name = FileName.parse(bytes, at + ENTRY, at + size);
      name.ifPresent(key -> entries.add(new IndexEntry(file, key)));
      at += size;
    }
    return entries;
  }
}
