package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Names of exported functions by where they start, as much as is in the evidence. */
public final class ExportNames {
  /** An image that exports nothing. */
  public static final ExportNames NONE = new ExportNames(new TreeMap<>());

  private static final int DIRECTORY_SIZE = 40;
  private static final long MAXIMUM_BYTES = 4 << 20;
  private static final int MAXIMUM_NAMES = 1 << 16;
  private static final int MAXIMUM_NAME = 1024;

  private final NavigableMap<Long, String> byOffset;

  private ExportNames(NavigableMap<Long, String> byOffset) {
    this.byOffset = byOffset;
  }

  /** Reads the names; tables that lie outside of the directory are left out, as linkers do not. */
  public static ExportNames of(AddressSpace space, PeImage image) throws IOException {
    long offset = image.directoryOffset(PeImage.DIRECTORY_EXPORT);
    long size = image.directorySize(PeImage.DIRECTORY_EXPORT);
    if (offset == 0
        || size < DIRECTORY_SIZE
        || size > MAXIMUM_BYTES
        || offset + size > image.sizeOfImage()) {
      return NONE;
    }
    SparseBytes table = SparseBytes.read(space, image.base() + offset, (int) size);
    return table.has(0, DIRECTORY_SIZE) ? new ExportNames(names(table, offset)) : NONE;
  }

  private static NavigableMap<Long, String> names(SparseBytes table, long directory) {
    byte[] bytes = table.bytes();
    NavigableMap<Long, String> names = new TreeMap<>();
    long functions = LittleEndian.u32(bytes, 28) - directory;
    long pointers = LittleEndian.u32(bytes, 32) - directory;
    long ordinals = LittleEndian.u32(bytes, 36) - directory;
    long count = Math.min(LittleEndian.u32(bytes, 24), MAXIMUM_NAMES);
    for (long i = 0; i < count; i++) {
      int pointer = place(table, pointers + i * Integer.BYTES, Integer.BYTES);
      int ordinal = place(table, ordinals + i * Short.BYTES, Short.BYTES);
      if (pointer < 0 || ordinal < 0) {
        continue;
      }
      int text = place(table, LittleEndian.u32(bytes, pointer) - directory, 1);
      int function =
          place(
              table,
              functions + LittleEndian.u16(bytes, ordinal) * (long) Integer.BYTES,
              Integer.BYTES);
      if (text < 0 || function < 0) {
        continue;
      }
      long start = LittleEndian.u32(bytes, function);
      boolean forwarded = start >= directory && start < directory + bytes.length;
      String name = text(bytes, text);
      if (start != 0 && !forwarded && !name.isEmpty()) {
        // Of several names of one function the first in order, so that every run says the same.
        names.merge(start, name, (one, other) -> one.compareTo(other) <= 0 ? one : other);
      }
    }
    return names;
  }

  private static int place(SparseBytes table, long at, int length) {
    return table.has(at, length) ? (int) at : -1;
  }

  private static String text(byte[] bytes, int at) {
    int end = at;
    while (end < bytes.length && end - at < MAXIMUM_NAME && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
  }

  /** The name that starts last at or before an offset from the base. */
  public Optional<Map.Entry<Long, String>> atOrBefore(long offset) {
    return Optional.ofNullable(byOffset.floorEntry(offset));
  }

  /** How many functions have names. */
  public int size() {
    return byOffset.size();
  }
}
