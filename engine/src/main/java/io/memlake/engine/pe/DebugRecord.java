package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The RSDS record by which an executable names its symbol file: tag, GUID, age, zero-terminated
 * path.
 *
 * @param path path of the symbol file on the machine that linked it, cut at {@link #MAXIMUM_PATH}
 * @param guid 32 upper-case hex digits in the order debuggers print them
 * @param age how often the symbol file was rewritten
 */
public record DebugRecord(String path, String guid, int age) {
  /** {@code RSDS} as a little-endian number. */
  public static final int TAG = 0x53445352;

  /** Bytes before the path. */
  public static final int HEADER_SIZE = 24;

  /** Longest path that is kept. */
  public static final int MAXIMUM_PATH = 260;

  private static final int DIRECTORY_ENTRY_SIZE = 28;
  private static final int MAXIMUM_DIRECTORY_ENTRIES = 16;
  private static final int TYPE_OFFSET = 12;
  private static final int RECORD_OFFSET = 20;
  private static final int TYPE_CODEVIEW = 2;

  /** The record of {@code image}; empty when it has none or its page is absent. */
  public static Optional<DebugRecord> of(AddressSpace space, PeImage image) throws IOException {
    long directory = image.directoryOffset(PeImage.DIRECTORY_DEBUG);
    long entries = image.directorySize(PeImage.DIRECTORY_DEBUG) / DIRECTORY_ENTRY_SIZE;
    byte[] entry = new byte[DIRECTORY_ENTRY_SIZE];
    if (directory == 0 || directory >= image.sizeOfImage()) {
      return Optional.empty();
    }
    for (int i = 0; i < Math.min(entries, MAXIMUM_DIRECTORY_ENTRIES); i++) {
      long at = image.base() + directory + (long) i * DIRECTORY_ENTRY_SIZE;
      if (!space.read(at, entry, 0, DIRECTORY_ENTRY_SIZE)) {
        continue;
      }
      long record = LittleEndian.u32(entry, RECORD_OFFSET);
      if (LittleEndian.i32(entry, TYPE_OFFSET) == TYPE_CODEVIEW
          && record > 0
          && record < image.sizeOfImage()) {
        Optional<DebugRecord> found = at(space, image.base() + record);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<DebugRecord> at(AddressSpace space, long at) throws IOException {
    byte[] bytes = new byte[HEADER_SIZE + MAXIMUM_PATH];
    int toPageEnd = PhysicalMemory.PAGE_SIZE - (int) (at & (PhysicalMemory.PAGE_SIZE - 1));
    int length = Math.min(bytes.length, Math.max(toPageEnd, HEADER_SIZE));
    if (!space.read(at, bytes, 0, length) || LittleEndian.i32(bytes, 0) != TAG) {
      return Optional.empty();
    }
    if (length < bytes.length && !space.read(at + length, bytes, length, bytes.length - length)) {
      // The path is cut by a missing page; GUID and age are whole.
      Arrays.fill(bytes, length, bytes.length, (byte) 0);
    }
    return Optional.of(parse(bytes, 0, bytes.length));
  }

  /**
   * Reads the record at {@code at}, whose tag and header the caller has checked to be there.
   *
   * @param limit end of the bytes that may belong to the path
   */
  public static DebugRecord parse(byte[] bytes, int at, int limit) {
    String guid =
        String.format(
            Locale.ROOT,
            "%08X%04X%04X%016X",
            LittleEndian.i32(bytes, at + 4),
            LittleEndian.u16(bytes, at + 8),
            LittleEndian.u16(bytes, at + 10),
            Long.reverseBytes(LittleEndian.i64(bytes, at + 12)));
    int end = at + HEADER_SIZE;
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    String path =
        new String(bytes, at + HEADER_SIZE, end - at - HEADER_SIZE, StandardCharsets.ISO_8859_1);
    return new DebugRecord(path, guid, LittleEndian.i32(bytes, at + 20));
  }

  /** The path's last part. */
  public String fileName() {
    return path.substring(path.lastIndexOf('\\') + 1);
  }
}
